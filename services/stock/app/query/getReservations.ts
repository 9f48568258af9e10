import type { Handler } from "#common/decorator/observed";
import type { Reservation } from "../../domain/reservation.ts";
import type { StockRepository } from "../../domain/stockRepository.ts";

export type GetReservations = { readonly orderIds: readonly string[] };

/** What orders hold or held, by order id. Who never reserved is left out. */
export function getReservations(stock: StockRepository): Handler<GetReservations, ReadonlyMap<string, Reservation>> {
  return ({ orderIds }) => stock.reservations(orderIds);
}
