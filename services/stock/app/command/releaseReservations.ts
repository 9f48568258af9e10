import type { Handler } from "#common/decorator/observed";
import type { Changed } from "../../domain/changes.ts";
import { callOff, release } from "../../domain/reservation.ts";
import type { StockRepository } from "../../domain/stockRepository.ts";
import type { CountReservations } from "../reservationCounts.ts";

/** Orders that are over together; those of `evenSold` were called off before anybody cooked them. */
export type ReleaseReservations = { readonly orderIds: readonly string[]; readonly evenSold?: readonly string[] };

/**
 * Releases what orders hold, if they hold anything. Each has an answer of its own, in their order.
 * Refused with AppError "conflict" when it was committed, and is not to be released even so.
 */
export function releaseReservations(
  stock: StockRepository,
  count: CountReservations,
): Handler<ReleaseReservations, readonly PromiseSettledResult<Changed>[]> {
  return async ({ orderIds, evenSold = [] }) => {
    const calledOff = new Set(evenSold);
    const answers = await stock.updateMany(orderIds, (reservation) =>
      calledOff.has(reservation.orderId) ? callOff(reservation) : release(reservation),
    );
    for (const answer of answers) if (answer.status === "fulfilled" && answer.value?.changed) count("released");
    return answers;
  };
}
