import type { Handler } from "#common/decorator/observed";
import { extend, lapse } from "../../domain/reservation.ts";
import type { StockRepository } from "../../domain/stockRepository.ts";
import type { Orders } from "../ports.ts";
import type { CountReservations } from "../reservationCounts.ts";

/** A reservation whose time was over at the deadline. */
export type SettleReservation = { readonly orderId: string; readonly deadline: Date };

type Dependencies = {
  stock: StockRepository;
  orders: Orders;
  count: CountReservations;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** How much longer a reservation holds whose order is still alive at the deadline, in milliseconds. */
const extensionMs = 15 * 60 * 1_000;

/**
 * Gives back what an order holds that never came or is over; lets one that is alive hold longer. The order is asked
 * before the stock is touched: nothing may wait for the network while rows are locked. Who else settles it meanwhile
 * moves it past the deadline, and then nothing is left to change.
 * @returns whether the reservation was changed.
 * @throws AppError "unavailable" when the order service cannot say: then everything stays as it is.
 */
export function settleReservation(to: Dependencies): Handler<SettleReservation, boolean> {
  const { stock, orders, count, now } = to;
  return async ({ orderId, deadline }) => {
    const needed = await orders.needItems(orderId);
    const until = new Date(now() + extensionMs);
    const settled = await stock.update(orderId, (reservation) =>
      needed ? extend(reservation, deadline, until) : lapse(reservation, deadline),
    );
    if (settled?.changed) count(needed ? "extended" : "lapsed");
    return settled?.changed ?? false;
  };
}
