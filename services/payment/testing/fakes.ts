import { memoryKeep, memoryState } from "#common/dapr/memory";
import type { StateStore } from "#common/dapr/ports";
import { AppError } from "#common/errors";
import { type Logger, silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { fakeBus } from "#common/testing/fakeBus";
import type { KnownOrder, Orders } from "../app/services.ts";
import { buildPayment } from "../build.ts";
import type { CheckoutSession } from "../domain/payment.ts";
import type { RecordedRefund } from "../domain/refunds.ts";
import { fakeCheckout } from "./fakeCheckout.ts";

/** An order service that remembers what it was told; orders in `cancelled` can no longer be paid. */
export function fakeOrders() {
  const links: [orderId: string, link: string][] = [];
  const cancelled = new Set<string>();
  const closed: [orderId: string, reason: string][] = [];
  const known = new Map<string, KnownOrder>();
  const refunds = new Map<string, RecordedRefund["state"]>();
  const fake = {
    links,
    /** What the orders were told of refunds: the last state, by order and refund. */
    refunds,
    /** How often they were told. */
    refundsTold: 0,
    /** How the next news of refunds are taken: never by a version that does not know of them. */
    listens: true,
    away: false,
    closed,
    cancelled,
    /** The orders that can be asked for. */
    known,
    async find(orderId: string) {
      return known.get(orderId);
    },
    async requestPayment(orderId: string, { id, url }: CheckoutSession) {
      if (cancelled.has(orderId)) throw new AppError("conflict", "a cancelled order cannot wait for its payment");
      links.push([orderId, url]);
      const order = known.get(orderId) ?? knownOrder();
      known.set(orderId, { ...order, sessionId: id, paymentLink: url });
    },
    async closeCheckout(orderId: string, reason: string) {
      closed.push([orderId, reason]);
    },
    async recordRefunds(orderId: string, _currency: string, moved: readonly RecordedRefund[]) {
      if (fake.away) throw new AppError("unavailable", "order.v1.OrderService does not answer");
      if (!fake.listens) return false;
      fake.refundsTold++;
      for (const { id, state } of moved) refunds.set(`${orderId} ${id}`, state);
      return true;
    },
  } satisfies Orders & Record<string, unknown>;
  return fake;
}

/** An order of 12.00 eur as the order service knows it before it has a session. */
export function knownOrder(changes: Partial<KnownOrder> = {}): KnownOrder {
  const total = { amount: 1200, currency: "eur" };
  return { customerId: "customer-1", total, sessionId: "", paymentLink: "", traceparent: "", ...changes };
}

/** A store whose reads take their time, so that concurrent writers meet. */
export function slowState(state = memoryState()): StateStore {
  return {
    async get(key) {
      const found = await state.get<never>(key);
      await new Promise(setImmediate);
      return found;
    },
    save: state.save,
  };
}

/** The secret that the tests sign with. */
export const secret = "whsec_0123456789abcdef";

/** Payment on fakes; given the provider and the orders of another one, it is that one with an emptied store. */
export function payment({
  state = slowState(),
  keep = slowState(memoryKeep()),
  secrets = [secret],
  now = Date.now,
  checkout = fakeCheckout(),
  orders = fakeOrders(),
  logger = silentLogger as Logger,
} = {}) {
  const parts = { checkout, orders, events: fakeBus(), state, keep };
  const metrics = createMetrics("payment", false);
  const service = buildPayment({
    ...parts,
    webhookSecrets: secrets,
    dashboard: (paymentId) => `https://dashboard.example/${paymentId}`,
    logger,
    metrics,
    now,
  });
  return { ...parts, logger, metrics, service };
}
