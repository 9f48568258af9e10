import { afterEach, expect, test } from "vitest";
import { listen } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { publicApp } from "#common/service";
import { fakeBus } from "#common/testing/fakeBus";
import { standin, webhookSecret } from "../standin/testing.ts";
import { stripeCheckout } from "./adapters/stripeCheckout.ts";
import { buildPayment } from "./build.ts";
import type { Payment } from "./domain/payment.ts";
import { clientOf, refundStateOf, statusOf } from "./testing/client.ts";
import { orderCreated } from "./testing/events.ts";
import { fakeOrders, payment } from "./testing/fakes.ts";

// A busy machine may take its time.
const patiently = { timeout: 20_000 };

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Payment and the stand-in, talking to each other over HTTP. */
async function together() {
  let webhookUrl = "";
  const stripe = await standin({ webhookUrl: () => webhookUrl });
  const { state, keep } = payment();
  const [events, orders] = [fakeBus(), fakeOrders()];
  const service = buildPayment({
    state,
    keep,
    events,
    orders,
    checkout: stripeCheckout({
      stripe: stripe.stripe,
      publicUrl: "http://127.0.0.1:8080",
      pricesFromStripe: false,
      logger: silentLogger,
    }),
    webhookSecrets: [webhookSecret],
    logger: silentLogger,
    metrics: createMetrics("payment", false),
  });
  const { port, close } = await listen(publicApp(service, silentLogger), "127.0.0.1", 0);
  webhookUrl = `http://127.0.0.1:${port}/api/stripe/webhook`;
  closers.push(stripe.close, close);
  const stored = async () => (await state.get<Payment>("payment-order-1"))?.value;
  return { service, client: clientOf(service), stripe, events, orders, stored };
}

/** An order that waits for its payment. */
async function waiting() {
  const parts = await together();
  await parts.service.subscriptions?.[0]?.handle(orderCreated());
  const [, link = ""] = parts.orders.links[0] ?? [];
  return { ...parts, link, press: (action: string) => parts.stripe.press(link, action) };
}

const closing = { orderId: "order-1", reason: "customer" };

test("an order gets a link; paying there announces the order as paid, once", async () => {
  const { service, stripe, events, orders } = await together();
  expect(await service.subscriptions?.[0]?.handle(orderCreated())).toBe("done");
  const [, link = ""] = orders.links[0] ?? [];
  const answer = await stripe.press(link, "pay");
  expect(answer.headers.get("location")).toBe("http://127.0.0.1:8080/orders/order-1?payment=done");
  await stripe.press(link, "pay");
  await expect.poll(() => events.published, patiently).toHaveLength(1);
  expect(events.published[0]).toMatchObject({ type: "order.paid", data: { orderId: "order-1" } });
});

test("a payment whose announcement fails at first is announced after the provider's next try", async () => {
  const { service, stripe, events, orders } = await together();
  await service.subscriptions?.[0]?.handle(orderCreated());
  events.refusals = 1;
  await stripe.press(orders.links[0]?.[1] ?? "", "pay");
  await expect.poll(() => events.published, patiently).toHaveLength(1);
  expect(events.refusals).toBe(0);
});

test("a closed checkout cannot be paid any more, and its order is told by the provider's own message too", async () => {
  const { client, press, orders, events } = await waiting();
  expect(statusOf(await client.closeCheckout(closing))).toBe("CLOSED");
  expect((await press("pay")).status).toBe(409);
  await expect.poll(() => orders.closed, patiently).toEqual([["order-1", "expired"]]);
  expect(events.published).toEqual([]);
});

test("a payment and a close at the same moment end as exactly one of them", async () => {
  const { client, press, events, stored } = await waiting();
  const [answer, page] = await Promise.all([client.closeCheckout(closing), press("pay")]);
  const paid = page.status === 303;
  expect(statusOf(answer)).toBe(paid ? "PAID" : "CLOSED");
  await expect.poll(stored, patiently).toMatchObject({ status: paid ? "paid" : "closed" });
  expect(new Set(events.published.map(({ id }) => id)).size).toBe(paid ? 1 : 0);
});

test("a payment is given back once at the provider, however many ask", async () => {
  const { client, press, stripe } = await waiting();
  await press("pay");
  await expect
    .poll(async () => statusOf(await client.closeCheckout(closing).catch(() => ({}))), patiently)
    .toBe("PAID");
  const ask = () => client.refundPayment({ orderId: "order-1" });
  await Promise.allSettled([ask(), ask(), ask()]);
  expect(statusOf(await ask())).toBe("REFUNDED");
  expect((await stripe.stripe.refunds.list()).data).toMatchObject([{ amount: 1200 }]);
});

test("a slow payment that arrives pays the order; while it is under way the checkout does not close", async () => {
  const { client, press, events, stored } = await waiting();
  await press("slow");
  await expect.poll(stored, patiently).toMatchObject({ status: "processing" });
  expect(statusOf(await client.closeCheckout(closing))).toBe("PROCESSING");
  await press("arrive");
  await expect.poll(() => events.published, patiently).toHaveLength(1);
});

test("a slow payment that fails ends its order", async () => {
  const { press, orders, events } = await waiting();
  await press("slow");
  await press("bounce");
  await expect.poll(() => orders.closed, patiently).toEqual([["order-1", "payment_failed"]]);
  expect(events.published).toEqual([]);
});

test("a refund that the bank holds is under way until its message comes, and one that fails is told as that", async () => {
  const { client, press, stripe, orders, stored } = await waiting();
  await press("pay");
  await expect.poll(stored, patiently).toMatchObject({ status: "paid" });
  await stripe.control("/refunds/begin", { status: "pending" });
  const ask = (refundId: string, amount: bigint) =>
    client.refundPayment({ orderId: "order-1", refundId, amount: { amount, currency: "eur" } });
  expect(refundStateOf(await ask("a", 200n))).toBe("REFUNDING");
  const answer = await ask("b", 1000n);
  expect([statusOf(answer), refundStateOf(answer)]).toEqual(["REFUNDING", "REFUNDING"]);
  const [b, a] = (await stripe.stripe.refunds.list()).data;
  await stripe.control(`/refunds/${a?.id}`, { status: "succeeded" });
  await stripe.control(`/refunds/${b?.id}`, { status: "failed" });
  await expect
    .poll(() => Object.fromEntries(orders.refunds), patiently)
    .toEqual({
      "order-1 a": "succeeded",
      "order-1 b": "failed",
    });
  expect(await stored()).toMatchObject({ status: "paid", refunds: [{ state: "succeeded" }, { state: "failed" }] });
});

test("money given back and disputed in the provider's dashboard reaches the order", async () => {
  const { press, stripe, orders, stored } = await waiting();
  await press("pay");
  await expect.poll(stored, patiently).toMatchObject({ status: "paid" });
  const payment = await stored();
  const payment_intent = payment && "paymentId" in payment ? payment.paymentId : "";
  const refund = await stripe.control("/refunds", { payment_intent, amount: "200" });
  const dispute = await stripe.control("/disputes", { payment_intent, amount: "1000" });
  await expect
    .poll(() => Object.fromEntries(orders.refunds), patiently)
    .toEqual({
      [`order-1 ${refund.id}`]: "succeeded",
      [`order-1 ${dispute.id}`]: "refunding",
    });
  await stripe.control(`/disputes/${dispute.id}`, { status: "lost" });
  await expect.poll(stored, patiently).toMatchObject({ status: "refunded" });
});

test("a voucher that nobody has paid is cancelled with its order, and cannot be paid at the till any more", async () => {
  const { client, press, events, stored } = await waiting();
  await press("voucher");
  await expect.poll(stored, patiently).toMatchObject({ status: "processing" });
  expect(statusOf(await client.closeCheckout(closing))).toBe("CLOSED");
  expect((await press("arrive")).status).toBe(409);
  expect(events.published).toEqual([]);
});

test("a voucher that is paid before its order is closed pays it", async () => {
  const { client, press, events } = await waiting();
  await press("voucher");
  await press("arrive");
  await expect.poll(() => events.published, patiently).toHaveLength(1);
  expect(statusOf(await client.closeCheckout(closing))).toBe("PAID");
});

test("a payment whose messages never come is noticed by whoever asks for it", async () => {
  const { client, press, stripe, events } = await waiting();
  await stripe.control("/webhooks", { mode: "never" });
  await press("pay");
  expect(statusOf(await client.closeCheckout(closing))).toBe("PAID");
  await stripe.control("/refunds/begin", { status: "pending" });
  expect(statusOf(await client.refundPayment({ orderId: "order-1" }))).toBe("REFUNDING");
  const [refund] = (await stripe.stripe.refunds.list()).data;
  await stripe.control(`/refunds/${refund?.id}`, { status: "succeeded" });
  expect(statusOf(await client.refundPayment({ orderId: "order-1" }))).toBe("REFUNDED");
  expect(events.published).toHaveLength(1);
});

test("while every second new call fails or is refused, and again for its key, each order has one link and one refund", async () => {
  const { service, client, stripe, orders, events } = await together();
  await stripe.control("/troubles", { every: "2" });
  const ids = Array.from({ length: 9 }, (_, index) => `order-${index}`);
  await Promise.all(ids.map((id) => service.subscriptions?.[0]?.handle(orderCreated(id))));
  const links = () => new Map(orders.links);
  await expect.poll(() => [...links().keys()].sort(), patiently).toEqual(ids);
  const sessions = (await stripe.stripe.checkout.sessions.list({ limit: 100 })).data;
  expect(sessions.map(({ client_reference_id: id }) => id).sort()).toEqual(ids);
  await Promise.all([...links().values()].map((link) => stripe.press(link, "pay")));
  await expect.poll(() => events.published, patiently).toHaveLength(ids.length);
  for (const orderId of ids) {
    const refund = async () => statusOf(await client.refundPayment({ orderId }).catch(() => ({})));
    await expect.poll(refund, patiently).toBe("REFUNDED");
  }
  expect((await stripe.stripe.refunds.list({ limit: 100 })).data).toHaveLength(ids.length);
});
