import { observed } from "#common/decorator/observed";
import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import type { PriceList } from "../domain/priceList.ts";
import type { StockRepository } from "../domain/stockRepository.ts";
import { commitReservations } from "./command/commitReservations.ts";
import { releaseReservations } from "./command/releaseReservations.ts";
import { reserveItems } from "./command/reserveItems.ts";
import { settleReservation } from "./command/settleReservation.ts";
import type { Orders } from "./ports.ts";
import { checkIfItemsInStock } from "./query/checkIfItemsInStock.ts";
import { getItems } from "./query/getItems.ts";
import { getReservations } from "./query/getReservations.ts";
import type { CountReservations } from "./reservationCounts.ts";

/** What the use cases need. */
export type AppDependencies = {
  stock: StockRepository;
  prices: PriceList;
  orders: Orders;
  /** Milliseconds since the epoch. */
  now: () => number;
  logger: Logger;
  metrics: Metrics;
};

/** Everything that stock can be asked to do. */
export type StockApp = ReturnType<typeof createApp>;

/** The use cases, each observed. */
export function createApp({ stock, prices, orders, now, logger, metrics }: AppDependencies) {
  const reservations = metrics.counter("gorder_reservations_total", "Reservations by what became of them", ["outcome"]);
  const count: CountReservations = (outcome) => reservations.inc({ outcome });
  const to = { logger, metrics };
  const ofOrders = {
    ...to,
    ids: ({ orderIds }: { orderIds: readonly string[] }) => ({ orders: orderIds.length, firstOrderId: orderIds[0] }),
  };
  const ofOrder = { ...to, ids: ({ orderId }: { orderId: string }) => ({ orderId }) };
  return {
    reserveItems: observed("reserveItems", reserveItems(stock, prices, count), {
      ...to,
      ids: ({ requests }) => ({ orders: requests.length, firstOrderId: requests[0]?.orderId }),
    }),
    commitReservations: observed("commitReservations", commitReservations(stock, count), ofOrders),
    releaseReservations: observed("releaseReservations", releaseReservations(stock, count), ofOrders),
    settleReservation: observed("settleReservation", settleReservation({ stock, orders, count, now }), ofOrder),
    getItems: observed("getItems", getItems(stock, prices), to),
    getReservations: observed("getReservations", getReservations(stock), to),
    checkIfItemsInStock: observed("checkIfItemsInStock", checkIfItemsInStock(stock), to),
  };
}
