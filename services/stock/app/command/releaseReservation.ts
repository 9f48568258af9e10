import type { Handler } from "#common/decorator/observed";
import { release } from "../../domain/reservation.ts";
import type { StockRepository } from "../../domain/stockRepository.ts";
import type { CountReservations } from "../reservationCounts.ts";

export type ReleaseReservation = { readonly orderId: string };

/** Gives back what an order holds, if it holds anything. @throws AppError "conflict" when it was committed. */
export function releaseReservation(
  stock: StockRepository,
  count: CountReservations,
): Handler<ReleaseReservation, void> {
  return async ({ orderId }) => {
    const updated = await stock.update(orderId, release);
    if (updated?.changed) count("released");
  };
}
