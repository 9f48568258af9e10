import { type Handler, observed } from "#common/decorator/observed";
import type { LogFields, Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import type { OrderRepository } from "../domain/orderRepository.ts";
import type { Admission } from "./admission.ts";
import type { CloseSoon } from "./closings.ts";
import { askedAsGuest } from "./command/askedAsGuest.ts";
import { beginPayment } from "./command/beginPayment.ts";
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
import { staffUseCases } from "./staff/staffApp.ts";
import type { UnpaidTally } from "./unpaidTally.ts";

/** What the use cases stand on. */
export type AppDeps = {
  orders: OrderRepository;
  stock: Stock;
  payments: Payments;
  report: Report;
  outbox: Outbox;
  now: Now;
  admission: Admission;
  /** Milliseconds, from any beginning. */
  clock: () => number;
  /** How long an order can be paid, and how long one is held whose guest does not go to pay, in milliseconds. */
  ttlMs: number;
  holdMs: number;
  /** How many unpaid orders a customer may have. */
  maxOpenOrders: number;
  /** How much food unpaid orders may hold. */
  unpaidLimits: UnpaidLimits;
  /** What the unpaid orders of this process hold; it hears of every write of {@link AppDeps.orders}. */
  tally: UnpaidTally;
  orderId: (customerId: string, idempotencyKey: string) => string;
  /** Whether a customer has an account; the others are guests. */
  isAccount: (customerId: string) => boolean;
  newId: () => string;
  traceparent: () => string;
  inTrace: InTrace;
  /** Has the outbox look before its time. */
  soon: () => void;
  closeSoon: CloseSoon;
  logger: Logger;
  metrics: Metrics;
};

/** The order service's commands and queries. */
export type OrderApp = ReturnType<typeof createOrderApp>;

/** Puts the use cases together, each within the decorators, so that none can be forgotten. */
export function createOrderApp(deps: AppDeps) {
  const useCase = <I extends object, O>(name: string, handler: Handler<I, O>) =>
    observed(name, handler, { logger: deps.logger, metrics: deps.metrics, ids });
  const pay = useCase("payOrder", payOrder(deps));
  return {
    createOrder: useCase(
      "createOrder",
      askedAsGuest(withinOpenOrders(withinUnpaidFood(createOrder(deps), deps), deps), deps),
    ),
    offerPayment: useCase("offerPayment", offerPayment(deps)),
    beginPayment: useCase("beginPayment", beginPayment(deps)),
    closeUnpaid: useCase("closeUnpaid", closeUnpaid(deps)),
    claimTickets: useCase("claimTickets", claimTickets(deps)),
    returnTickets: useCase("returnTickets", returnTickets(deps)),
    markReady: useCase("markReady", markReady(deps)),
    payOrder: pay,
    recordRefunds: useCase("recordRefunds", recordRefunds(deps)),
    handOver: useCase("handOver", handOver(deps)),
    cancelOrder: useCase("cancelOrder", cancelOrder(deps)),
    getOrder: useCase("getOrder", getOrder(deps)),
    getStatuses: useCase("getStatuses", getStatuses(deps)),
    listOrders: useCase("listOrders", listOrders(deps)),
    getProducts: useCase("getProducts", getProducts(deps)),
    readyAt: readyEstimate(deps),
    staff: staffUseCases(useCase, deps),
    lookAfter: lookAfter({
      ...deps,
      expire: expireOrder({ ...deps, pay }),
      reconcile: reconcile({ ...deps, sell: sell(deps) }),
    }),
  };
}

function ids(input: object): LogFields {
  const { orderId, customerId, kitchenId } = input as { orderId?: string; customerId?: string; kitchenId?: string };
  return { orderId, customerId, kitchenId };
}
