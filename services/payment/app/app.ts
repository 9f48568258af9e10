import { observed } from "#common/decorator/observed";
import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import { announcePayment } from "./command/announcePayment.ts";
import { closeCheckout } from "./command/closeCheckout.ts";
import { confirmPayment } from "./command/confirmPayment.ts";
import { followSession } from "./command/followSession.ts";
import { refundPayment } from "./command/refundPayment.ts";
import { requestPayment } from "./command/requestPayment.ts";
import { look } from "./look.ts";
import type { Checkout, Orders, PaidOrders, Payments, PutAsides } from "./ports.ts";
import { getPayments } from "./query/getPayments.ts";
import { recall } from "./recall.ts";
import { createTurns } from "./turns.ts";

/** What payment does, each use case with its decorators. */
export type PaymentApp = ReturnType<typeof createApp>;

/** What the use cases work with. */
export type AppDeps = {
  payments: Payments;
  putAsides: PutAsides;
  paidOrders: PaidOrders;
  checkout: Checkout;
  orders: Orders;
  /** Links what is going on now to the trace of an order. */
  linkToTrace: (traceparent: string) => void;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** Puts the use cases together. */
export function createApp(given: AppDeps, { logger, metrics }: { logger: Logger; metrics: Metrics }) {
  const deps = { ...given, logger, recall: recall(given) };
  const to = { logger, metrics, ids: ({ orderId }: { orderId: string }) => ({ orderId }) };
  const close = observed("closeCheckout", closeCheckout(deps), to);
  return {
    requestPayment: observed("requestPayment", requestPayment({ ...deps, close }), to),
    confirmPayment: observed("confirmPayment", confirmPayment(deps), to),
    followSession: observed("followSession", followSession(deps), to),
    closeCheckout: close,
    refundPayment: observed("refundPayment", refundPayment(deps), to),
    announcePayment: observed("announcePayment", announcePayment(deps), to),
    getPayments: observed("getPayments", getPayments({ ...deps, looked: look(deps), turns: createTurns(given.now) }), {
      logger,
      metrics,
    }),
    listPutAside: observed("listPutAside", () => given.putAsides.list(), { logger, metrics }),
  };
}
