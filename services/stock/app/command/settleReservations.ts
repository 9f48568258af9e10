import type { Handler } from "#common/decorator/observed";
import { extend, lapse } from "../../domain/reservation.ts";
import type { StockRepository } from "../../domain/stockRepository.ts";
import type { CountReservations } from "../reservationCounts.ts";
import type { Orders } from "../services.ts";

/** Reservations whose time was over at the deadline. */
export type SettleReservations = { readonly orderIds: readonly string[]; readonly deadline: Date };

type SettleReservationsDeps = {
  stock: StockRepository;
  orders: Orders;
  count: CountReservations;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** How much longer a reservation holds whose order is still alive at the deadline, in milliseconds. */
const extensionMs = 15 * 60 * 1_000;

/**
 * Releases what is held for orders that never came or are over; lets those that are alive hold longer. The orders are asked
 * about together, before the stock is touched: nothing may wait for the network while rows are locked. Another replica
 * that settles one meanwhile moves it past the deadline, and then nothing is left to change.
 * @returns for each, in their order, whether its reservation was changed; rejected when it stays as it is.
 * @throws AppError "unavailable" when the order service, or the store, does not answer: then all of them stay.
 */
export function settleReservations(
  deps: SettleReservationsDeps,
): Handler<SettleReservations, readonly PromiseSettledResult<boolean>[]> {
  const { stock, orders, count, now } = deps;
  return async ({ orderIds, deadline }) => {
    const answers = await orders.needItems(orderIds);
    const needed = new Map(
      orderIds.flatMap((orderId, index) => {
        const answer = answers[index];
        return answer?.status === "fulfilled" ? [[orderId, answer.value] as const] : [];
      }),
    );
    const until = new Date(now() + extensionMs);
    const told = [...needed.keys()];
    const changes = await stock.updateMany(told, (reservation) =>
      needed.get(reservation.orderId) ? extend(reservation, deadline, until) : lapse(reservation, deadline),
    );
    const settled = new Map(told.map((orderId, index) => [orderId, changes[index]]));
    return orderIds.map((orderId, index): PromiseSettledResult<boolean> => {
      const change = settled.get(orderId);
      if (change?.status === "rejected") return change;
      if (change === undefined) return rejected(answers[index]);
      const changed = change.value?.changed ?? false;
      if (changed) count(needed.get(orderId) ? "extended" : "lapsed");
      return { status: "fulfilled", value: changed };
    });
  };
}

function rejected(answer: PromiseSettledResult<boolean> | undefined): PromiseRejectedResult {
  return answer?.status === "rejected" ? answer : { status: "rejected", reason: "nothing was said of it" };
}
