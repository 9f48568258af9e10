import { afterEach, expect, test } from "vitest";
import { AppError } from "#common/errors";
import { clientOf, statusOf } from "../testing/client.ts";
import { orderCreated } from "../testing/events.ts";
import { knownOrder, payment } from "../testing/fakes.ts";
import { stopListening, waiting } from "../testing/waiting.ts";

afterEach(stopListening);

const closing = { orderId: "order-1", checkoutSessionId: "cs_order-1", reason: "customer" };

test("an open checkout is expired at the provider and closed, however often it is asked", async () => {
  const { client, checkout, stored } = await waiting();
  expect(statusOf(await client.closeCheckout(closing))).toBe("CLOSED");
  expect(statusOf(await client.closeCheckout(closing))).toBe("CLOSED");
  expect(checkout.expired).toBe(1);
  expect(await stored()).toMatchObject({ status: "closed", reason: "customer" });
});

test("a checkout that was paid unheard is confirmed as its webhook would have it, then answered as paid", async () => {
  const { client, checkout, stored, events } = await waiting();
  checkout.pay("order-1");
  const answer = await client.closeCheckout(closing);
  expect(answer.payment).toMatchObject({ paymentId: "pi_1", checkoutSessionId: "cs_order-1" });
  expect(statusOf(answer)).toBe("PAID");
  expect(await stored()).toMatchObject({ status: "paid", announced: true });
  expect(events.published).toHaveLength(1);
  expect(statusOf(await client.closeCheckout(closing))).toBe("PAID");
  expect(events.published).toHaveLength(1);
});

test("a checkout that was paid unheard is not announced once all of its money is on its way back", async () => {
  const { client, checkout, events } = await waiting();
  checkout.pay("order-1");
  checkout.begin = "refunding";
  checkout.refundByHand("pi_1", 1_200);
  expect(statusOf(await client.closeCheckout(closing))).toBe("REFUNDING");
  expect(events.published).toEqual([]);
});

test("paid is not answered before it is announced", async () => {
  const { client, checkout, events } = await waiting();
  checkout.pay("order-1");
  events.refusals = 1;
  await expect(client.closeCheckout(closing)).rejects.toMatchObject({ kind: "unavailable" });
  expect(statusOf(await client.closeCheckout(closing))).toBe("PAID");
  expect(events.published).toHaveLength(1);
});

test("a slow payment under way is answered as it is, and closed or paid later", async () => {
  const { client, checkout } = await waiting();
  const session = checkout.found.get("cs_order-1");
  if (session) session.state = { status: "processing" };
  expect(statusOf(await client.closeCheckout(closing))).toBe("PROCESSING");
  if (session) session.state = { status: "closed", reason: "payment_failed" };
  expect(statusOf(await client.closeCheckout(closing))).toBe("CLOSED");
});

test("money that does not match the order is put aside, and never answered as paid or closed", async () => {
  const { client, staff, checkout, stored } = await waiting();
  checkout.pay("order-1", { amount: 1, currency: "eur" });
  await expect(client.closeCheckout(closing)).rejects.toMatchObject({ kind: "conflict" });
  expect(await stored()).toMatchObject({ status: "open" });
  expect((await staff.listMoney({})).putAside).toMatchObject([{ orderId: "order-1", reason: "other_amount" }]);
});

test("while the provider is away nothing is closed, and the next try finds what it did before it went", async () => {
  const { client, checkout, stored } = await waiting();
  const { expire } = checkout;
  checkout.expire = async (sessionId) => {
    await expire(sessionId);
    throw new AppError("unavailable", "Stripe could not expire a checkout session");
  };
  await expect(client.closeCheckout(closing)).rejects.toMatchObject({ kind: "unavailable" });
  expect(await stored()).toMatchObject({ status: "open" });
  checkout.expire = expire;
  expect(statusOf(await client.closeCheckout(closing))).toBe("CLOSED");
  expect(await stored()).toMatchObject({ status: "closed", reason: "customer" });
});

test("an order that is closed before payment heard of it gets no session that anybody could pay", async () => {
  const { service, checkout, orders } = payment();
  const client = clientOf(service);
  expect(statusOf(await client.closeCheckout({ orderId: "order-1", reason: "expired" }))).toBe("CLOSED");
  expect(await service.subscriptions?.[0]?.handle(orderCreated())).toBe("repeated");
  expect(checkout.found.get("cs_order-1")?.state).toMatchObject({ status: "closed" });
  expect(orders.links).toEqual([]);
});

test("a session that was being opened while the order was closed is expired, and shown to nobody", async () => {
  const { service, checkout, orders } = payment();
  const { open } = checkout;
  checkout.open = async (order) => {
    const session = await open(order);
    expect(statusOf(await clientOf(service).closeCheckout({ orderId: "order-1", reason: "customer" }))).toBe("CLOSED");
    return session;
  };
  await service.subscriptions?.[0]?.handle(orderCreated());
  expect(checkout.found.get("cs_order-1")?.state).toMatchObject({ status: "closed" });
  expect(orders.links).toEqual([]);
});

test("an order that was cancelled before it was told its link has its session expired", async () => {
  const { service, checkout, orders } = payment();
  orders.cancelled.add("order-1");
  expect(await service.subscriptions?.[0]?.handle(orderCreated())).toBe("done");
  expect(checkout.found.get("cs_order-1")?.state).toMatchObject({ status: "closed" });
});

test("where the store has forgotten the payment, the session that the order knows is expired all the same", async () => {
  const first = await waiting();
  const { service } = payment({ checkout: first.checkout, orders: first.orders });
  expect(statusOf(await clientOf(service).closeCheckout(closing))).toBe("CLOSED");
  expect(first.checkout.expired).toBe(1);
});

test("where the store has forgotten the payment, money that came is found at the provider and announced", async () => {
  const first = await waiting();
  first.checkout.pay("order-1");
  const { service, events } = payment({ checkout: first.checkout, orders: first.orders });
  expect(statusOf(await clientOf(service).closeCheckout(closing))).toBe("PAID");
  expect(events.published).toHaveLength(1);
});

test("a session that turns up after its order was closed without one is expired, and money that came is confirmed", async () => {
  for (const [happened, expected] of [
    ["nothing", "CLOSED"],
    ["paid", "PAID"],
  ] as const) {
    const { checkout, orders } = await waiting();
    const forgetful = payment({ checkout, orders });
    const client = clientOf(forgetful.service);
    const { find } = orders;
    orders.find = async () => undefined;
    expect(statusOf(await client.closeCheckout({ orderId: "order-1", reason: "expired" }))).toBe("CLOSED");
    orders.find = find;
    if (happened === "paid") checkout.pay("order-1");
    expect(statusOf(await client.closeCheckout(closing))).toBe(expected);
    expect(checkout.found.get("cs_order-1")?.state.status).toBe(expected.toLowerCase());
  }
});

test("a session that is somebody else's is left alone", async () => {
  const { service, checkout, orders } = payment();
  orders.known.set("order-2", knownOrder());
  await service.subscriptions?.[0]?.handle(orderCreated("order-1"));
  await clientOf(service).closeCheckout({ ...closing, orderId: "order-2" });
  expect(checkout.found.get("cs_order-1")?.state).toEqual({ status: "open" });
});

test("close and payment at once end as one of them, whoever is first at the provider", async () => {
  for (const customerFirst of [true, false]) {
    const { client, checkout, stored, events } = await waiting();
    const session = checkout.found.get("cs_order-1");
    const pay = async () => {
      if (session?.state.status === "open") checkout.pay("order-1");
    };
    const [answer] = customerFirst
      ? await Promise.all([client.closeCheckout(closing), pay()])
      : await Promise.all([client.closeCheckout(closing), client.closeCheckout(closing), pay()]);
    const paid = session?.state.status === "paid";
    expect(statusOf(answer)).toBe(paid ? "PAID" : "CLOSED");
    expect(await stored()).toMatchObject({ status: paid ? "paid" : "closed" });
    expect(new Set(events.published.map(({ id }) => id)).size).toBe(paid ? 1 : 0);
  }
});

test.each([
  ["no order", { ...closing, orderId: "" }],
  ["a reason that is none", { ...closing, reason: "because" }],
])("%s is refused", async (_name, request) => {
  const { client, checkout } = await waiting();
  await expect(client.closeCheckout(request)).rejects.toMatchObject({ kind: "invalid" });
  expect(checkout.expired).toBe(0);
});
