import type { Handler } from "#common/decorator/observed";
import { AppError } from "#common/errors";
import { commit } from "../../domain/reservation.ts";
import type { StockRepository } from "../../domain/stockRepository.ts";
import type { CountReservations } from "../reservationCounts.ts";

export type CommitReservation = { readonly orderId: string };

/**
 * Sells what an order holds, or held, if it is still there.
 * @throws AppError "not_found" without a reservation, "conflict" when it was released and the units are gone.
 */
export function commitReservation(stock: StockRepository, count: CountReservations): Handler<CommitReservation, void> {
  return async ({ orderId }) => {
    const updated = await stock.update(orderId, commit);
    if (!updated) throw new AppError("not_found", "The order has no reservation");
    if (updated.changed) count("committed");
  };
}
