import { observed } from "#common/decorator/observed";
import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import type { PriceList } from "../domain/priceList.ts";
import type { StaffRepository } from "../domain/staffRepository.ts";
import type { StockRepository } from "../domain/stockRepository.ts";
import { commitReservations } from "./command/commitReservations.ts";
import { releaseReservations } from "./command/releaseReservations.ts";
import { reserveItems } from "./command/reserveItems.ts";
import { settleReservations } from "./command/settleReservations.ts";
import { checkIfItemsInStock } from "./query/checkIfItemsInStock.ts";
import { getItems } from "./query/getItems.ts";
import { getReservations } from "./query/getReservations.ts";
import { listActs, listMovements } from "./query/listActs.ts";
import { listDishes } from "./query/listDishes.ts";
import type { CountReservations } from "./reservationCounts.ts";
import type { Orders } from "./services.ts";
import { type AskedNow, staffActs } from "./staff/acts.ts";

export type AppDeps = {
  stock: StockRepository;
  staff: StaffRepository;
  prices: PriceList;
  orders: Orders;
  /** Milliseconds since the epoch. */
  now: () => number;
  traceId: () => string;
  logger: Logger;
  metrics: Metrics;
};

/** Everything that stock can be asked to do. */
export type StockApp = ReturnType<typeof createApp>;

/** The use cases, each observed. */
export function createApp({ stock, staff, prices, orders, now, traceId, logger, metrics }: AppDeps) {
  const reservations = metrics.counter("gorder_reservations_total", "Reservations by what became of them", ["outcome"]);
  const count: CountReservations = (outcome) => reservations.inc({ outcome });
  const to = { logger, metrics };
  const ofOrders = {
    ...to,
    ids: ({ orderIds }: { orderIds: readonly string[] }) => ({ orders: orderIds.length, firstOrderId: orderIds[0] }),
  };
  const stamp = () => ({ at: new Date(now()), traceId: traceId() });
  const acts = staffActs({ staff, prices, now: stamp });
  const ofAct = {
    ...to,
    ids: ({ act }: { act: AskedNow }) => ({ actId: act.id, action: act.action, target: act.target }),
  };
  return {
    putDish: observed("putDish", acts.putDish, ofAct),
    moveStock: observed("moveStock", acts.moveStock, ofAct),
    setSoldOut: observed("setSoldOut", acts.setSoldOut, ofAct),
    setShop: observed("setShop", acts.setShop, ofAct),
    refuseAct: observed("refuseAct", acts.refuseAct, ofAct),
    listDishes: observed("listDishes", listDishes(stock, prices), to),
    getShop: observed("getShop", (_: object) => stock.shop(), to),
    listMovements: observed("listMovements", listMovements(staff), to),
    listUnits: observed("listUnits", (_: object) => staff.units(), to),
    listActs: observed("listActs", listActs(staff), to),
    reserveItems: observed("reserveItems", reserveItems(stock, prices, count), {
      ...to,
      ids: ({ requests }) => ({ orders: requests.length, firstOrderId: requests[0]?.orderId }),
    }),
    commitReservations: observed("commitReservations", commitReservations(stock, count), ofOrders),
    releaseReservations: observed("releaseReservations", releaseReservations(stock, count), ofOrders),
    settleReservations: observed("settleReservations", settleReservations({ stock, orders, count, now }), ofOrders),
    getItems: observed("getItems", getItems(stock, prices), to),
    getReservations: observed("getReservations", getReservations(stock), to),
    checkIfItemsInStock: observed("checkIfItemsInStock", checkIfItemsInStock(stock), to),
  };
}
