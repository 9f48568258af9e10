import { memoryLocks, memoryState } from "#common/dapr/memory";
import type { CloudEvent, EventBus, Locks, StateStore } from "#common/dapr/ports";
import { AppError } from "#common/errors";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import type { Checkout, Orders, OrderToPay } from "../app/ports.ts";
import { buildPayment } from "../build.ts";
import type { CheckoutSession } from "../domain/payment.ts";

/** A provider that, as Stripe, gives one idempotency key the same session again, after a while. */
export function fakeCheckout(): Checkout & { sessions: Map<string, CheckoutSession>; calls: number } {
  const sessions = new Map<string, CheckoutSession>();
  const fake = {
    sessions,
    calls: 0,
    async open({ orderId }: OrderToPay) {
      fake.calls++;
      const session = sessions.get(orderId) ?? { id: `cs_${orderId}`, url: `https://pay.example/cs_${orderId}` };
      sessions.set(orderId, session);
      await new Promise(setImmediate);
      return session;
    },
  };
  return fake;
}

/** An order service that remembers what it was told; orders in `cancelled` can no longer be paid. */
export function fakeOrders(): Orders & { links: [orderId: string, link: string][]; cancelled: Set<string> } {
  const links: [string, string][] = [];
  const cancelled = new Set<string>();
  return {
    links,
    cancelled,
    async requestPayment(orderId, link) {
      if (cancelled.has(orderId)) throw new AppError("conflict", "a cancelled order cannot wait for its payment");
      links.push([orderId, link]);
    },
  };
}

/** A bus that remembers what was published, and refuses the next `failures` times. */
export function fakeBus(): EventBus & { published: CloudEvent[]; failures: number } {
  const fake = {
    published: [] as CloudEvent[],
    failures: 0,
    async publish(_topic: string, events: readonly CloudEvent[]) {
      await new Promise(setImmediate);
      if (fake.failures > 0) {
        fake.failures--;
        return events.map(({ id }) => id);
      }
      fake.published.push(...events);
      return [];
    },
  };
  return fake;
}

/** A lock that never excludes anyone: what holds with it holds by its guards. */
export const openLocks: Locks = {
  async withLock(_resource, _seconds, work) {
    await work();
    return true;
  },
};

/** A store whose reads take their time, so that concurrent writers meet. */
export function slowState(): StateStore {
  const state = memoryState();
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

/** Payment on fakes. */
export function payment({ locks = memoryLocks(), state = slowState(), secrets = [secret] } = {}) {
  const parts = { checkout: fakeCheckout(), orders: fakeOrders(), events: fakeBus(), state, locks };
  const metrics = createMetrics("payment", false);
  const service = buildPayment({ ...parts, webhookSecrets: secrets, logger: silentLogger, metrics });
  return { ...parts, metrics, service };
}
