import { AppError } from "#common/errors";
import type { Money, Pile, Quantities } from "./product.ts";

/** One product of an order, with the name and price that it had when it was reserved. */
export type ReservedLine = {
  readonly productId: string;
  readonly name: string;
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

/** What may become of a reservation. Repeats change nothing. */
const transitions: Record<"commit" | "release", Record<ReservationStatus, ReservationStatus | { refused: string }>> = {
  commit: {
    reserved: "committed",
    committed: "committed",
    released: { refused: "The reservation was released: its units may belong to somebody else" },
  },
  release: {
    reserved: "released",
    released: "released",
    committed: { refused: "The reservation was committed: its units are sold" },
  },
};

/** Turns what an order holds into sold units. @throws AppError "conflict" when it was released. */
export const commit = (reservation: Reservation): Reservation => moved(reservation, "commit");

/** Gives back what an order holds. @throws AppError "conflict" when it was committed. */
export const release = (reservation: Reservation): Reservation => moved(reservation, "release");

/** The units of a reservation by product. */
export function unitsOf({ lines }: Reservation): Quantities {
  return new Map(lines.map(({ productId, quantity }) => [productId, quantity]));
}

function moved(reservation: Reservation, verb: keyof typeof transitions): Reservation {
  const status = transitions[verb][reservation.status];
  if (typeof status === "object") throw new AppError("conflict", status.refused);
  return status === reservation.status ? reservation : { ...reservation, status };
}
