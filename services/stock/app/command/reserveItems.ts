import type { Handler } from "#common/decorator/observed";
import type { ReservationRequest, ReservationResult } from "../../domain/allot.ts";
import type { PriceList } from "../../domain/priceList.ts";
import type { StockRepository } from "../../domain/stockRepository.ts";
import type { CountReservations } from "../reservationCounts.ts";

export type ReserveItems = {
  readonly requests: readonly ReservationRequest[];
  /** Aborts when the caller has left. */
  readonly signal?: AbortSignal;
};

/**
 * Reserves for every order of a batch that can be served. Prices are looked up before the stock is touched, since
 * nothing may wait for the network while rows are locked.
 */
export function reserveItems(
  stock: StockRepository,
  prices: PriceList,
  count: CountReservations,
): Handler<ReserveItems, readonly ReservationResult[]> {
  return async ({ requests, signal }) => {
    const productIds = new Set(requests.flatMap(({ lines }) => lines.map(({ productId }) => productId)));
    const results = await stock.reserve(requests, await prices.pricesOf([...productIds]), signal);
    for (const result of results) count(outcomeOf(result));
    return results;
  };
}

function outcomeOf(result: ReservationResult) {
  if (result.outcome === "reserved") return result.repeated ? "repeated" : "reserved";
  if (result.closed !== undefined) return "shop_closed";
  if (result.unknownProductIds.length + result.shortages.length === 0) return "price_changed";
  return result.unknownProductIds.length > 0 ? "unknown_product" : "out_of_stock";
}
