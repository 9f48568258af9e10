import type { Handler } from "#common/decorator/observed";
import type { Changed } from "../../domain/changes.ts";
import { release } from "../../domain/reservation.ts";
import type { StockRepository } from "../../domain/stockRepository.ts";
import type { CountReservations } from "../reservationCounts.ts";

/** Orders that are over together. */
export type ReleaseReservations = { readonly orderIds: readonly string[] };

/**
 * Gives back what orders hold, if they hold anything. Each has an answer of its own, in their order.
 * Refused with AppError "conflict" when it was committed.
 */
export function releaseReservations(
  stock: StockRepository,
  count: CountReservations,
): Handler<ReleaseReservations, readonly PromiseSettledResult<Changed>[]> {
  return async ({ orderIds }) => {
    const answers = await stock.updateMany(orderIds, release);
    for (const answer of answers) if (answer.status === "fulfilled" && answer.value?.changed) count("released");
    return answers;
  };
}
