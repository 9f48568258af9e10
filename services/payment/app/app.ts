import { observed } from "#common/decorator/observed";
import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import type { Payment } from "../domain/payment.ts";
import { isTaken } from "../domain/refunds.ts";
import { attend } from "./attend.ts";
import { attendAll } from "./attendAll.ts";
import { announcePayment } from "./command/announcePayment.ts";
import { closeCheckout } from "./command/closeCheckout.ts";
import { confirmPayment } from "./command/confirmPayment.ts";
import { followMoney } from "./command/followMoney.ts";
import { followSession } from "./command/followSession.ts";
import { refundPayment } from "./command/refundPayment.ts";
import { requestPayment } from "./command/requestPayment.ts";
import { resolvePutAside } from "./command/resolvePutAside.ts";
import { finishPutAside } from "./finishPutAside.ts";
import { look } from "./look.ts";
import { getPayments } from "./query/getPayments.ts";
import { listActs } from "./query/listActs.ts";
import { listMoney } from "./query/listMoney.ts";
import { recall } from "./recall.ts";
import type { Acts, Checkout, Names, Orders, PaidOrders, Payments, PutAsides } from "./services.ts";
import { createTurns, returningPutAsides, waitingPayments } from "./turns.ts";

/** What payment does, each use case with its decorators. */
export type PaymentApp = ReturnType<typeof createApp>;

export type AppDeps = {
  payments: Payments;
  putAsides: PutAsides;
  /** The orders with a refund or dispute under way, or that were not told of one. */
  toAttend: Names;
  acts: Acts;
  /** Copies put-asides and acts of the version before into the store that forgets nothing. */
  takeOver: () => Promise<void>;
  /** The same, once: later calls only wait for the first. */
  takenOver: () => Promise<void>;
  paidOrders: PaidOrders;
  checkout: Checkout;
  orders: Orders;
  /** Links what is going on now to the trace of an order. */
  linkToTrace: (traceparent: string) => void;
  /** The trace of what is going on now. */
  traceId: () => string;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** Puts the use cases together. */
export function createApp(given: AppDeps, { logger, metrics }: { logger: Logger; metrics: Metrics }) {
  const deps = { ...given, logger, recall: recall(given) };
  const by = { logger, metrics };
  const to = { ...by, ids: ({ orderId }: { orderId: string }) => ({ orderId }) };
  const turns = createTurns(given.now, waitingPayments);
  const putAsideTurns = createTurns(given.now, returningPutAsides);
  const [lookAt, attendTo, finish] = [look(deps), attend(deps), finishPutAside(deps)];
  const close = observed("closeCheckout", closeCheckout(deps), to);
  return {
    requestPayment: observed("requestPayment", requestPayment({ ...deps, close }), to),
    confirmPayment: observed("confirmPayment", confirmPayment(deps), to),
    followSession: observed("followSession", followSession(deps), to),
    closeCheckout: close,
    refundPayment: observed("refundPayment", refundPayment(deps), to),
    announcePayment: observed("announcePayment", announcePayment(deps), to),
    getPayments: observed("getPayments", getPayments({ ...deps, turns, lookAt: lookOrAttend }), by),
    followMoney: observed("followMoney", followMoney(deps), by),
    resolvePutAside: observed("resolvePutAside", resolvePutAside({ ...deps, finish }), by),
    listMoney: observed("listMoney", listMoney(deps), by),
    listActs: observed("listActs", listActs(deps), by),
    attendAll: attendAll({ ...deps, turns, putAsideTurns, attendTo, finish }),
  };

  function lookOrAttend(payment: Payment): Promise<Payment> {
    return isTaken(payment) ? attendTo(payment) : lookAt(payment);
  }
}
