import type { Handler } from "#common/decorator/observed";
import { AppError } from "#common/errors";
import type { Changed } from "../../domain/changes.ts";
import { commit } from "../../domain/reservation.ts";
import type { StockRepository } from "../../domain/stockRepository.ts";
import type { CountReservations } from "../reservationCounts.ts";

/** Orders whose meals are sold together. */
export type CommitReservations = { readonly orderIds: readonly string[] };

/**
 * Sells what orders hold, or held, if it is still there. Each has an answer of its own, in their order.
 * Refused with AppError "not_found" without a reservation, "conflict" when it was released and the units are gone.
 */
export function commitReservations(
  stock: StockRepository,
  count: CountReservations,
): Handler<CommitReservations, readonly PromiseSettledResult<Changed>[]> {
  return async ({ orderIds }) => {
    const answers = await stock.updateMany(orderIds, commit);
    return answers.map((answer) => {
      if (answer.status === "rejected") return answer;
      if (answer.value?.changed) count("committed");
      return answer.value ? answer : { status: "rejected", reason: unknown() };
    });
  };
}

function unknown(): AppError {
  return new AppError("not_found", "The order has no reservation");
}
