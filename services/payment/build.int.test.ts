import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Locks } from "#common/dapr/ports";
import { connectSidecar } from "#common/dapr/sidecar";
import { type Listening, listen } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { serviceApp } from "#common/service";
import { buildPayment } from "./build.ts";
import type { Payment } from "./domain/payment.ts";
import { orderCreated, sessionPaid, signature } from "./testing/events.ts";
import { fakeCheckout } from "./testing/fakeCheckout.ts";
import { fakeBus, fakeOrders, openLocks, secret } from "./testing/fakes.ts";

// Two replicas of payment on real state and real locks. The topic is payment's own, so the announcements are caught.
const { testSidecar, daprApiToken } = inject("stack");
const { state, locks } = connectSidecar({ grpcPort: testSidecar.grpcPort, apiToken: daprApiToken });
const events = fakeBus();
const publishedOf = (orderId: string) =>
  events.published.filter(({ data }) => (data as { orderId: unknown }).orderId === orderId);

function replicas(of: { locks: Locks }) {
  const [checkout, orders] = [fakeCheckout(), fakeOrders()];
  const one = () =>
    buildPayment({
      state,
      events,
      checkout,
      orders,
      ...of,
      webhookSecrets: [secret],
      logger: silentLogger,
      metrics: createMetrics("payment", false),
    });
  return { checkout, orders, services: [one(), one()] as const };
}

const locked = replicas({ locks });
const unlocked = replicas({ locks: openLocks });
const listening: Listening[] = [];
beforeAll(async () => {
  for (const service of [...locked.services, ...unlocked.services]) {
    const app = serviceApp(service, { logger: silentLogger, appToken: "0123456789abcdef" });
    listening.push(await listen(app, "127.0.0.1", 0));
  }
});
afterAll(() => Promise.all(listening.map(({ close }) => close())));

/** Sends the message to the two replicas of a kind by turns, all at once. */
function deliver(first: 0 | 2, times: number, body: string): Promise<number[]> {
  const headers = { "stripe-signature": signature(body) };
  const send = async (turn: number) => {
    const { port } = listening[first + (turn % 2)] ?? { port: 0 };
    return (await fetch(`http://127.0.0.1:${port}/api/stripe/webhook`, { method: "POST", headers, body })).status;
  };
  return Promise.all(Array.from({ length: times }, (_, turn) => send(turn)));
}

test("the lock lets one replica open the payment, and has the order sent to the other one again", async () => {
  const orderId = randomUUID();
  const outcomes = await Promise.all(
    locked.services.map((service) => service.subscriptions?.[0]?.handle(orderCreated(orderId))),
  );
  expect(outcomes).toContain("done");
  expect(locked.checkout.opened).toBe(1);
});

test("two replicas past a lock that keeps nobody out end with one session and one stored payment", async () => {
  const orderId = randomUUID();
  const event = orderCreated(orderId);
  const handles = unlocked.services.flatMap(({ subscriptions }) => subscriptions?.[0]?.handle ?? []);
  const outcomes = await Promise.all([...handles, ...handles].map((handle) => handle(event)));
  expect(outcomes).not.toContain("retry");
  expect(unlocked.checkout.found.size).toBe(1);
  expect((await state.get<Payment>(`payment-${orderId}`))?.value).toMatchObject({ status: "open", orderId });
  expect(new Set(unlocked.orders.links.filter(([id]) => id === orderId).map(([, link]) => link)).size).toBe(1);
});

test("a confirmation delivered 10 times in parallel to two replicas is one transition and one announcement", async () => {
  const orderId = randomUUID();
  await locked.services[0].subscriptions?.[0]?.handle(orderCreated(orderId));
  const body = sessionPaid(orderId);
  const statuses = await deliver(0, 10, body);
  expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
  expect(await deliver(0, 1, body)).toEqual([200]);
  expect(publishedOf(orderId)).toHaveLength(1);
  expect((await state.get<Payment>(`payment-${orderId}`))?.value).toMatchObject({ status: "paid", announced: true });
});

test("10 in parallel past a lock that keeps nobody out are one transition, and every announcement has one id", async () => {
  const orderId = randomUUID();
  await unlocked.services[0].subscriptions?.[0]?.handle(orderCreated(orderId));
  const body = sessionPaid(orderId);
  const statuses = await deliver(2, 10, body);
  expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
  expect(await deliver(2, 1, body)).toEqual([200]);
  expect(new Set(publishedOf(orderId).map(({ id }) => id)).size).toBe(1);
  const stored = (await state.get<Payment>(`payment-${orderId}`))?.value;
  expect(stored).toMatchObject({ status: "paid", announced: true, seenEvents: ["evt_1"] });
});
