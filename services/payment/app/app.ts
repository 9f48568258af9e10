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
import { createTurns } from "./turns.ts";

/** What payment does, each use case with its decorators. */
export type PaymentApp = ReturnType<typeof createApp>;

/** What the use cases work with. */
export type AppDeps = {
  payments: Payments;
  putAsides: PutAsides;
  /** The orders whose money is under way back, or that were not told of it. */
  unsettled: Names;
  acts: Acts;
  /** Brings to where nothing is forgotten what versions before put aside, and what was done with it. */
  takeOver: () => Promise<void>;
  /** The same, but not again once it was done. */
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
  const turns = createTurns(given.now);
  const [looked, attended, finish] = [look(deps), attend(deps), finishPutAside(deps)];
  const close = observed("closeCheckout", closeCheckout(deps), to);
  return {
    requestPayment: observed("requestPayment", requestPayment({ ...deps, close }), to),
    confirmPayment: observed("confirmPayment", confirmPayment(deps), to),
    followSession: observed("followSession", followSession(deps), to),
    closeCheckout: close,
    refundPayment: observed("refundPayment", refundPayment(deps), to),
    announcePayment: observed("announcePayment", announcePayment(deps), to),
    getPayments: observed("getPayments", getPayments({ ...deps, turns, looked: lookedOrAttended }), by),
    followMoney: observed("followMoney", followMoney(deps), by),
    resolvePutAside: observed("resolvePutAside", resolvePutAside({ ...deps, finish }), by),
    listMoney: observed("listMoney", listMoney(deps), by),
    listActs: observed("listActs", listActs(deps), by),
    /** What is done again and again. */
    attendAll: attendAll({ ...deps, turns, attended, finish }),
  };

  function lookedOrAttended(payment: Payment): Promise<Payment> {
    return isTaken(payment) ? attended(payment) : looked(payment);
  }
}
