import { type Handler, observed } from "#common/decorator/observed";
import type { LogFields, Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { isOpen } from "../domain/status.ts";
import type { Admission } from "./admission.ts";
import { askedAsGuest } from "./command/askedAsGuest.ts";
import { cancelOrder } from "./command/cancelOrder.ts";
import { claimTickets } from "./command/claimTickets.ts";
import { closeUnpaid } from "./command/closeUnpaid.ts";
import { createOrder } from "./command/createOrder.ts";
import { handOver } from "./command/handOver.ts";
import { markReady } from "./command/markReady.ts";
import { offerPayment } from "./command/offerPayment.ts";
import { withinOpenOrders } from "./command/openOrders.ts";
import { payOrder } from "./command/payOrder.ts";
import { recordRefunds } from "./command/recordRefunds.ts";
import { returnTickets } from "./command/returnTickets.ts";
import { type UnpaidLimits, withinUnpaidFood } from "./command/unpaidFood.ts";
import { expireOrder } from "./expireOrder.ts";
import { lookAfter } from "./lookAfter.ts";
import type { Outbox } from "./outbox.ts";
import { getOrder } from "./query/getOrder.ts";
import { getProducts } from "./query/getProducts.ts";
import { getStatuses } from "./query/getStatuses.ts";
import { listOrders } from "./query/listOrders.ts";
import { readyEstimate } from "./query/readyEstimate.ts";
import { reconcile } from "./reconcile.ts";
import { sell } from "./sell.ts";
import type { InTrace, Now, Payments, Report, Stock } from "./services.ts";
import type { SettleSoon } from "./settlements.ts";
import { staffUseCases } from "./staff/staffApp.ts";
import { type UnpaidTally, unpaidTally } from "./unpaidTally.ts";

/** What the use cases stand on. */
export type OrderDependencies = {
  orders: OrderRepository;
  stock: Stock;
  payments: Payments;
  report: Report;
  outbox: Outbox;
  now: Now;
  admission: Admission;
  /** Milliseconds, from any beginning. */
  clock: () => number;
  /** How long an order can be paid, in milliseconds. */
  ttlMs: number;
  /** How many unpaid orders a customer may have. */
  maxOpenOrders: number;
  /** How much food unpaid orders may hold. */
  unpaidLimits: UnpaidLimits;
  orderId: (customerId: string, idempotencyKey: string) => string;
  /** Whether a customer has an account; the others are guests. */
  isAccount: (customerId: string) => boolean;
  newId: () => string;
  traceparent: () => string;
  inTrace: InTrace;
  /** Has the outbox look before its time. */
  soon: () => void;
  settleSoon: SettleSoon;
  logger: Logger;
  metrics: Metrics;
};

/** The order service's commands and queries. */
export type OrderApp = ReturnType<typeof createOrderApp>;

/** Puts the use cases together, each within the decorators, so that none can be forgotten. */
export function createOrderApp(given: OrderDependencies) {
  const tally = unpaidTally();
  const to = { ...given, orders: tellingEnds(given.orders, tally), tally };
  const useCase = <I extends object, O>(name: string, handler: Handler<I, O>) =>
    observed(name, handler, { logger: to.logger, metrics: to.metrics, ids });
  const payment = useCase("payOrder", payOrder(to));
  return {
    createOrder: useCase("createOrder", askedAsGuest(withinOpenOrders(withinUnpaidFood(createOrder(to), to), to), to)),
    offerPayment: useCase("offerPayment", offerPayment(to)),
    closeUnpaid: useCase("closeUnpaid", closeUnpaid(to)),
    claimTickets: useCase("claimTickets", claimTickets(to)),
    returnTickets: useCase("returnTickets", returnTickets(to)),
    markReady: useCase("markReady", markReady(to)),
    payOrder: payment,
    recordRefunds: useCase("recordRefunds", recordRefunds(to)),
    handOver: useCase("handOver", handOver(to)),
    cancelOrder: useCase("cancelOrder", cancelOrder(to)),
    getOrder: useCase("getOrder", getOrder(to)),
    getStatuses: useCase("getStatuses", getStatuses(to)),
    listOrders: useCase("listOrders", listOrders(to)),
    getProducts: useCase("getProducts", getProducts(to)),
    readyAt: readyEstimate(to),
    staff: staffUseCases(useCase, to),
    lookAfter: lookAfter({
      ...to,
      expire: expireOrder({ ...to, pay: payment }),
      reconcile: reconcile({ ...to, sell: sell(to) }),
    }),
  };
}

/** The orders, and the tally hears when one is no longer unpaid. */
function tellingEnds(orders: OrderRepository, tally: UnpaidTally): OrderRepository {
  const update: OrderRepository["update"] = async (id, change) => {
    const order = await orders.update(id, change);
    if (!isOpen(order.snapshot.status)) tally.forget(id);
    return order;
  };
  return Object.assign(Object.create(orders) as OrderRepository, { update });
}

function ids(input: object): LogFields {
  const { orderId, customerId, kitchenId } = input as { orderId?: string; customerId?: string; kitchenId?: string };
  return { orderId, customerId, kitchenId };
}
