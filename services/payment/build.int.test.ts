import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { connectSidecar } from "#common/dapr/sidecar";
import { type Listening, listen } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { publicApp } from "#common/service";
import { fakeBus } from "#common/testing/fakeBus";
import { buildPayment } from "./build.ts";
import type { Payment } from "./domain/payment.ts";
import { orderCreated, sessionPaid, signature } from "./testing/events.ts";
import { fakeCheckout } from "./testing/fakeCheckout.ts";
import { fakeOrders, secret } from "./testing/fakes.ts";

// Two replicas of payment on real state. The topic is payment's own, so the announcements are caught.
const { testSidecar, daprApiToken } = inject("stack");
const { state, keep } = connectSidecar({ grpcPort: testSidecar.grpcPort, apiToken: daprApiToken });
const events = fakeBus();
const publishedOf = (orderId: string) =>
  events.published.filter(({ data }) => (data as { orderId: unknown }).orderId === orderId);

function replicas() {
  const [checkout, orders] = [fakeCheckout(), fakeOrders()];
  const one = () =>
    buildPayment({
      state,
      keep,
      events,
      checkout,
      orders,
      webhookSecrets: [secret],
      logger: silentLogger,
      metrics: createMetrics("payment", false),
    });
  return { checkout, orders, services: [one(), one()] as const };
}

const { checkout, orders, services } = replicas();
const listening: Listening[] = [];
beforeAll(async () => {
  for (const service of services) {
    const app = publicApp(service, silentLogger);
    listening.push(await listen(app, "127.0.0.1", 0));
  }
});
afterAll(() => Promise.all(listening.map(({ close }) => close())));

/** Sends the message to the two replicas by turns, all at once. */
function deliver(times: number, body: string): Promise<number[]> {
  const headers = { "stripe-signature": signature(body) };
  const send = async (turn: number) => {
    const { port } = listening[turn % 2] ?? { port: 0 };
    return (await fetch(`http://127.0.0.1:${port}/api/stripe/webhook`, { method: "POST", headers, body })).status;
  };
  return Promise.all(Array.from({ length: times }, (_, turn) => send(turn)));
}

test("two replicas at once end with one session and one stored payment", async () => {
  const orderId = randomUUID();
  const event = orderCreated(orderId);
  const handles = services.flatMap(({ subscriptions }) => subscriptions?.[0]?.handle ?? []);
  const outcomes = await Promise.all([...handles, ...handles].map((handle) => handle(event)));
  expect(outcomes).not.toContain("retry");
  expect([...checkout.found.values()].filter((session) => session.orderId === orderId)).toHaveLength(1);
  expect((await state.get<Payment>(`payment-${orderId}`))?.value).toMatchObject({ status: "open", orderId });
  expect(new Set(orders.links.filter(([id]) => id === orderId).map(([, link]) => link)).size).toBe(1);
});

test("a confirmation delivered 10 times in parallel to two replicas is one transition, and every announcement has one id", async () => {
  const orderId = randomUUID();
  await services[0].subscriptions?.[0]?.handle(orderCreated(orderId));
  const body = sessionPaid(orderId);
  const statuses = await deliver(10, body);
  expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
  expect(await deliver(1, body)).toEqual([200]);
  expect(new Set(publishedOf(orderId).map(({ id }) => id)).size).toBe(1);
  const stored = (await state.get<Payment>(`payment-${orderId}`))?.value;
  expect(stored).toMatchObject({ status: "paid", announced: true });
});
