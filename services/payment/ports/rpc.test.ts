import { afterEach, expect, test } from "vitest";
import { AppError } from "#common/errors";
import { type Listening, listen } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { sidecarApp } from "#common/service";
import type { Payment } from "../domain/payment.ts";
import { clientOf, statusOf } from "../testing/client.ts";
import { orderCreated } from "../testing/events.ts";
import { payment } from "../testing/fakes.ts";

let listening: Listening | undefined;
afterEach(() => listening?.close());

/** Payment with one order, which the customer has paid, heard of or not. */
async function paid(options: Parameters<typeof payment>[0] & { heard?: boolean } = {}) {
  const parts = payment(options);
  await parts.service.subscriptions?.[0]?.handle(orderCreated());
  parts.checkout.pay("order-1");
  const client = clientOf(parts.service);
  if (options.heard ?? true) await client.closeCheckout({ orderId: "order-1", reason: "expired" });
  const stored = async () => (await parts.state.get<Payment>("payment-order-1"))?.value;
  return { ...parts, client, stored };
}

const ofOrder = { orderId: "order-1" };
const ofOrders = { orderIds: ["order-1"] };
const named = { orderId: "order-1", checkoutSessionId: "cs_order-1" };

test("a payment is given back once, however often and by how many at once it is asked", async () => {
  const { client, checkout, stored } = await paid();
  const asked = [1, 2, 3].map(() => client.refundPayment(ofOrder));
  expect((await Promise.all(asked)).map(statusOf)).toEqual(["REFUNDED", "REFUNDED", "REFUNDED"]);
  expect(checkout.refunds).toMatchObject([{ amount: 1200 }]);
  const calls = checkout.refunded;
  expect(statusOf(await client.refundPayment(ofOrder))).toBe("REFUNDED");
  expect(checkout.refunded).toBe(calls);
  expect(await stored()).toMatchObject({ status: "refunded", paymentId: "pi_1" });
});

test("a refund whose answer was lost is not made again", async () => {
  const { client, checkout } = await paid();
  const { refund } = checkout;
  checkout.refund = async (wish) => {
    await refund(wish);
    throw new Error("the line is dead");
  };
  await expect(client.refundPayment(ofOrder)).rejects.toThrow();
  checkout.refund = refund;
  expect(statusOf(await client.refundPayment(ofOrder))).toBe("REFUNDED");
  expect(checkout.refunds.length).toBe(1);
});

test("money that nobody heard of is given back too", async () => {
  const { client, checkout } = await paid({ heard: false });
  expect(statusOf(await client.refundPayment(ofOrder))).toBe("REFUNDED");
  expect(checkout.refunds.length).toBe(1);
});

test("an order that nobody paid has nothing to give back", async () => {
  const { service, checkout } = payment();
  await service.subscriptions?.[0]?.handle(orderCreated());
  const client = clientOf(service);
  expect(statusOf(await client.refundPayment(ofOrder))).toBe("OPEN");
  await client.closeCheckout({ ...ofOrder, reason: "customer" });
  expect(statusOf(await client.refundPayment(ofOrder))).toBe("CLOSED");
  expect(checkout.refunds.length).toBe(0);
});

test("a refund of a payment that nobody knows is an error: there may be money all the same", async () => {
  await expect(clientOf(payment().service).refundPayment(ofOrder)).rejects.toMatchObject({ kind: "not_found" });
});

test("a payment that the store has forgotten is given back, and one that was given back is not again", async () => {
  const { checkout, orders } = await paid();
  const emptied = () => clientOf(payment({ checkout, orders }).service);
  expect(statusOf(await emptied().refundPayment(named))).toBe("REFUNDED");
  expect(statusOf(await emptied().refundPayment(named))).toBe("REFUNDED");
  expect(checkout.refunded).toBe(1);
});

test("a paid payment is announced again with the same event id", async () => {
  const { client, events } = await paid();
  await client.announcePayment(ofOrder);
  expect(events.published).toHaveLength(2);
  expect(new Set(events.published.map(({ id }) => id)).size).toBe(1);
});

test("a payment that the store forgot and took for open again is announced all the same, as the provider has its money", async () => {
  const { client, events } = await paid({ heard: false });
  await client.announcePayment(ofOrder);
  expect(events.published.map(({ type }) => type)).toContain("order.paid");
});

test("what is not paid, or was given back, is never announced", async () => {
  const { client, events } = await paid();
  await client.refundPayment(ofOrder);
  await expect(client.announcePayment(ofOrder)).rejects.toMatchObject({ kind: "conflict" });
  await expect(client.announcePayment({ orderId: "order-2" })).rejects.toMatchObject({ kind: "conflict" });
  expect(events.published).toHaveLength(1);
});

test("payments are told in the order of the question; an unknown one has no status", async () => {
  const { client, service } = await paid();
  await service.subscriptions?.[0]?.handle(orderCreated("order-2"));
  const { payments } = await client.getPayments({ orderIds: ["order-2", "order-3", "order-1"] });
  expect(payments.map(({ orderId }) => orderId)).toEqual(["order-2", "order-3", "order-1"]);
  expect(payments.map((payment) => statusOf({ payment }))).toEqual(["OPEN", "UNSPECIFIED", "PAID"]);
  expect(payments[2]?.total).toMatchObject({ amount: 1200n, currency: "eur" });
});

test("payments that the store has forgotten are learned again, once", async () => {
  const { checkout, orders } = await paid();
  const { service, state } = payment({ checkout, orders });
  const client = clientOf(service);
  const { payments } = await client.getPayments({ orderIds: ["order-1"] });
  expect(payments.map((payment) => statusOf({ payment }))).toEqual(["PAID"]);
  expect((await state.get<Payment>("payment-order-1"))?.value).toMatchObject({ status: "paid", paymentId: "pi_1" });
});

test("a payment whose message never comes is noticed when somebody asks for it a minute later", async () => {
  let time = Date.now();
  const { client, events } = await paid({ heard: false, now: () => time });
  const ask = async () => (await client.getPayments(ofOrders)).payments.map((payment) => statusOf({ payment }));
  expect(await ask()).toEqual(["OPEN"]);
  time += 60_000;
  expect(await ask()).toEqual(["PAID"]);
  expect(events.published.map(({ type }) => type)).toEqual(["order.paid"]);
});

test("a provider that is away keeps nobody from hearing what is known", async () => {
  let time = Date.now();
  const { client, checkout } = await paid({ heard: false, now: () => time });
  time += 60_000;
  let looks = 0;
  checkout.find = () => Promise.reject(new AppError("unavailable", `away for the ${++looks}. time`));
  const { payments } = await client.getPayments(ofOrders);
  expect(looks).toBe(1);
  expect(payments.map((payment) => statusOf({ payment }))).toEqual(["OPEN"]);
});

test("more than 100 payments are refused", async () => {
  const { client } = await paid();
  const orderIds = Array.from({ length: 101 }, (_, index) => `order-${index}`);
  await expect(client.getPayments({ orderIds })).rejects.toMatchObject({ kind: "invalid" });
});

test.each(["CloseCheckout", "RefundPayment", "AnnouncePayment", "GetPayments"])(
  "without the app token %s is 401, and nothing happens",
  async (method) => {
    const { service, stored, events } = await paid();
    const app = sidecarApp(service, { logger: silentLogger, appToken: "0123456789abcdef" });
    listening = await listen(app, "127.0.0.1", 0);
    const answer = await fetch(`http://127.0.0.1:${listening.port}/payment.v1.PaymentService/${method}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(method === "GetPayments" ? { orderIds: ["order-1"] } : ofOrder),
    });
    expect(answer.status).toBe(401);
    expect(await stored()).toMatchObject({ status: "paid" });
    expect(events.published).toHaveLength(1);
  },
);
