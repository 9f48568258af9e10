import { AppError } from "#common/errors";
import type { Money, Pile, Product, Quantities } from "./product.ts";

/** One product of an order, with the name and price that it had when it was reserved. */
export type ReservedLine = {
  readonly productId: string;
  readonly name: string;
  /** What the menu called it in the guest's language, if it said anything in it. */
  readonly translatedName?: string | undefined;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly stripePriceId: string;
};

export type ReservationStatus = "reserved" | "committed" | "released";

/** What one order holds. There is at most one reservation an order, for ever. */
export type Reservation = {
  readonly orderId: string;
  readonly status: ReservationStatus;
  /** Sorted by product id, one line a product. */
  readonly lines: readonly ReservedLine[];
  /** Until when it holds unless it is committed. */
  readonly expiresAt: Date;
};

/** The pile in which the units of a reservation are. */
export const pileOf: Record<ReservationStatus, Pile> = {
  reserved: "reserved",
  committed: "sold",
  released: "available",
};

/**
 * Turns what an order holds into sold units. A payment that comes after the release still buys them, if nobody else
 * did: the repository that moves the units demands them with {@link demandUnits}.
 */
export const commit = (reservation: Reservation): Reservation => moved(reservation, "committed");

/** Releases what an order holds. @throws AppError "conflict" when it was committed. */
export function release(reservation: Reservation): Reservation {
  if (reservation.status === "committed")
    throw new AppError("conflict", "The reservation was committed: its units are sold");
  return moved(reservation, "released");
}

/** Releases what an order holds, or has bought: it was called off before anybody cooked it. */
export const callOff = (reservation: Reservation): Reservation => moved(reservation, "released");

/** Releases what an order holds if its time was over at `deadline`; changes nothing otherwise. */
export function lapse(reservation: Reservation, deadline: Date): Reservation {
  return isDue(reservation, deadline) ? moved(reservation, "released") : reservation;
}

/** Lets a reservation whose time was over at `deadline` hold until `expiresAt`; changes nothing otherwise. */
export function extend(reservation: Reservation, deadline: Date, expiresAt: Date): Reservation {
  return isDue(reservation, deadline) ? { ...reservation, expiresAt } : reservation;
}

/** @throws AppError "conflict" when units that were released are to be taken again, and are not there. */
export function demandUnits({ status, lines }: Reservation, products: ReadonlyMap<string, Product>): void {
  const gone = lines.some(({ productId, quantity }) => (products.get(productId)?.available ?? 0) < quantity);
  if (status === "released" && gone)
    throw new AppError("conflict", "The reservation was released and its units belong to somebody else by now");
}

/** The units of a reservation by product. */
export function unitsOf({ lines }: Reservation): Quantities {
  return new Map(lines.map(({ productId, quantity }) => [productId, quantity]));
}

function isDue({ status, expiresAt }: Reservation, deadline: Date): boolean {
  return status === "reserved" && expiresAt <= deadline;
}

function moved(reservation: Reservation, status: ReservationStatus): Reservation {
  return status === reservation.status ? reservation : { ...reservation, status };
}
