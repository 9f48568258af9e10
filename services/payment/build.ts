import type { EventBus, StateStore } from "#common/dapr/ports";
import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import { startPeriodic } from "#common/periodic";
import type { Service } from "#common/service";
import { currentTraceId, linkCurrentTo } from "#common/tracing";
import { counted } from "./adapters/countedCheckout.ts";
import { countedPutAsides } from "./adapters/countedPutAsides.ts";
import { formerMoney } from "./adapters/formerMoney.ts";
import { keptActs } from "./adapters/keptActs.ts";
import { keptPutAsides } from "./adapters/keptPutAsides.ts";
import { paidOrderEvents } from "./adapters/paidOrderEvents.ts";
import { showRefunds } from "./adapters/refundGauge.ts";
import { stateNames } from "./adapters/stateNames.ts";
import { statePayments } from "./adapters/statePayments.ts";
import { onceDone, takeOver } from "./adapters/takeOver.ts";
import { createApp, type PaymentApp } from "./app/app.ts";
import type { Checkout, Orders } from "./app/services.ts";
import { onOrderCreated } from "./ports/orderCreated.ts";
import { paymentRpc } from "./ports/rpc.ts";
import { paymentStaffRpc } from "./ports/staffRpc.ts";
import { webhookRoutes } from "./ports/webhook.ts";

export type PaymentOptions = {
  /** A cache: all of it can be learned again from the provider and the orders. */
  state: StateStore;
  /** The store that forgets nothing. */
  keep: StateStore;
  events: EventBus;
  orders: Orders;
  checkout: Checkout;
  /** The secrets that Stripe may sign with: one, or two while one replaces the other. */
  webhookSecrets: readonly string[];
  logger: Logger;
  metrics: Metrics;
  /** Where the provider's dashboard shows a payment. */
  dashboard?: (paymentId: string) => string;
  /** Milliseconds since the epoch, as the provider counts them: its signatures are judged by it. */
  now?: () => number;
  close?: () => Promise<void>;
};

/** Payment: one payment an order, from `order.created` to Stripe and from Stripe's webhook to `order.paid`. */
export function buildPayment(options: PaymentOptions): Service & { app: PaymentApp } {
  const { state, keep, events, orders, webhookSecrets: secrets, logger, metrics, now = Date.now } = options;
  const { dashboard = () => "" } = options;
  const checkout = counted(options.checkout, metrics);
  const outcomes = metrics.counter("gorder_webhooks_total", "Webhook messages of Stripe by type and outcome", [
    "type",
    "outcome",
  ]);
  const former = formerMoney(state);
  const [acts, putAsides] = [keptActs(keep), countedPutAsides(keptPutAsides(keep, former), metrics)];
  const taking = takeOver(former, putAsides, acts);
  const app = createApp(
    {
      payments: statePayments(state),
      toAttend: stateNames(state, "unsettled"),
      acts,
      putAsides,
      takeOver: taking,
      takenOver: onceDone(taking),
      paidOrders: paidOrderEvents(events),
      checkout,
      orders,
      linkToTrace: linkCurrentTo,
      traceId: currentTraceId,
      now,
    },
    { logger, metrics },
  );
  showRefunds(metrics, () => app.listMoney({ limit: 0 }));
  const work = startPeriodic({ name: "looking after refunds", everyMs: 60_000, logger, work: app.attendAll });
  return {
    name: "payment",
    app,
    rpc(router) {
      paymentRpc(app)(router);
      paymentStaffRpc(app, dashboard)(router);
    },
    subscriptions: [onOrderCreated(app, { logger, metrics })],
    http: webhookRoutes(app, { secrets, outcomes, now }),
    checks: { state: () => state.get("payment-readiness") },
    metrics,
    async close() {
      await work.stop();
      await options.close?.();
    },
  };
}
