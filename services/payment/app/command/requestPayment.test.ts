import { expect, test, vi } from "vitest";
import { AppError } from "#common/errors";
import type { Service } from "#common/service";
import type { OpenPayment, Payment } from "../../domain/payment.ts";
import { orderCreated, traceparent } from "../../testing/events.ts";
import { payment } from "../../testing/fakes.ts";

const deliver = (service: Service, event: unknown) => service.subscriptions?.[0]?.handle(event);

test("a new order gets one session, one stored payment, and is told where to pay", async () => {
  const { service, checkout, orders, state } = payment();
  expect(await deliver(service, orderCreated())).toBe("done");
  expect(checkout.opened).toBe(1);
  expect(orders.links).toEqual([["order-1", "https://pay.example/cs_order-1"]]);
  expect((await state.get<Payment>("payment-order-1"))?.value).toEqual({
    orderId: "order-1",
    customerId: "customer-1",
    total: { amount: 1200, currency: "eur" },
    session: { id: "cs_order-1", url: "https://pay.example/cs_order-1" },
    traceparent,
    openedAt: expect.any(String),
    seenEvents: [],
    status: "open",
  });
});

test("an order that comes again is told the same link, without a second session", async () => {
  const { service, checkout, orders, state } = payment();
  await deliver(service, orderCreated());
  expect(await deliver(service, orderCreated())).toBe("repeated");
  expect(checkout.found.size).toBe(1);
  expect((await state.get("payment-order-1"))?.etag).toBe("1");
  expect(orders.links).toEqual([
    ["order-1", "https://pay.example/cs_order-1"],
    ["order-1", "https://pay.example/cs_order-1"],
  ]);
});

test("a new order costs one call of the store, and one of the provider", async () => {
  const { service, checkout, state } = payment();
  const asked: string[] = [];
  const { save } = state;
  // What goes on beside, every minute, is of other keys.
  const isOfOrder = (key: string) => key === "payment-order-1";
  state.get = async (key) => {
    if (isOfOrder(key)) asked.push("get");
    return undefined;
  };
  state.save = (key, ...saved) => {
    if (isOfOrder(key)) asked.push("save");
    return save(key, ...saved);
  };
  await deliver(service, orderCreated());
  expect([checkout.opened, asked]).toEqual([1, ["save"]]);
});

test("an order that comes again after the provider forgot its key gets no second session", async () => {
  const { service, checkout, orders } = payment();
  await deliver(service, orderCreated());
  checkout.open = () => Promise.reject(new Error("a second session"));
  const dayAgo = new Date(Date.now() - 25 * 60 * 60_000);
  expect(await deliver(service, orderCreated("order-1", dayAgo))).toBe("repeated");
  // The store was emptied as well: the order knows its session, and the provider knows it too.
  const emptied = payment({ checkout, orders });
  expect(await deliver(emptied.service, orderCreated("order-1", dayAgo))).toBe("repeated");
  expect(new Set(orders.links.map(([, link]) => link)).size).toBe(1);
});

test("two replicas at once end with one session and one stored payment", async () => {
  const { service, checkout, orders, state } = payment();
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => deliver(service, orderCreated())));
  expect(outcomes).toHaveLength(5);
  expect(outcomes).not.toContain("retry");
  expect(checkout.found.size).toBe(1);
  expect(new Set(orders.links.map(([, link]) => link))).toEqual(new Set(["https://pay.example/cs_order-1"]));
  expect((await state.get("payment-order-1"))?.etag).toBe("1");
});

test("if the provider gave two sessions, everyone is told the link of the payment that was stored first, and nobody can pay the other", async () => {
  const { service, checkout, orders, state } = payment();
  let made = 0;
  checkout.open = async ({ orderId, total }) => {
    const id = `cs_${++made}`;
    const session = { id, url: `https://pay.example/${id}` };
    checkout.found.set(id, { session, orderId, total, state: { status: "open" } });
    await new Promise(setImmediate);
    return session;
  };
  await Promise.all([deliver(service, orderCreated()), deliver(service, orderCreated())]);
  const stored = (await state.get<OpenPayment>("payment-order-1"))?.value.session;
  expect(made).toBe(2);
  expect(orders.links.map(([, link]) => link)).toEqual([stored?.url, stored?.url]);
  const payable = [...checkout.found.values()].filter((one) => one.state.status === "open");
  expect(payable.map(({ session }) => session)).toEqual([stored]);
});

test("an order that was cancelled meanwhile acknowledges its event", async () => {
  const { service, orders } = payment();
  orders.cancelled.add("order-1");
  expect(await deliver(service, orderCreated())).toBe("done");
  expect(orders.links).toEqual([]);
});

test("an order that comes after its own end gets no session, and acknowledges its event", async () => {
  const { service, checkout, orders } = payment({ now: () => Date.parse("2026-01-01T00:30:00Z") });
  const ended = {
    ...orderCreated("order-1"),
    data: { ...(orderCreated().data as object), expiresAt: "2026-01-01T00:30:00Z" },
  };
  expect(await deliver(service, ended)).toBe("done");
  expect([checkout.opened, orders.links.length]).toEqual([0, 0]);
  const alive = {
    ...orderCreated("order-2"),
    data: { ...(orderCreated("order-2").data as object), expiresAt: "2026-01-01T00:30:01Z" },
  };
  expect(await deliver(service, alive)).toBe("done");
  expect(checkout.opened).toBe(1);
});

test("an order service that does not answer has the event sent again, and the retry uses the same session", async () => {
  const { service, checkout, orders } = payment();
  const { requestPayment } = orders;
  orders.requestPayment = () => Promise.reject(new Error("away"));
  expect(await deliver(service, orderCreated())).toBe("retry");
  orders.requestPayment = requestPayment;
  expect(await deliver(service, orderCreated())).toBe("repeated");
  expect(checkout.found.size).toBe(1);
});

test("while the store is away nobody is told of a session, and later it is the same one", async () => {
  const { service, checkout, orders, state } = payment();
  const { save } = state;
  state.save = () => Promise.reject(new Error("away"));
  expect(await deliver(service, orderCreated())).toBe("retry");
  expect(orders.links).toEqual([]);
  state.save = save;
  expect(await deliver(service, orderCreated())).toBe("done");
  expect(checkout.found.size).toBe(1);
  expect(orders.links).toHaveLength(1);
});

test("an order that the provider will never take is told so at once, and never paid", async () => {
  const { service, checkout, orders, state } = payment();
  checkout.open = () => Promise.reject(new AppError("invalid", "too small"));
  expect(await deliver(service, orderCreated())).toBe("done");
  expect(orders.closed).toEqual([["order-1", "payment_failed"]]);
  expect((await state.get<Payment>("payment-order-1"))?.value.status).toBe("barred");
  expect(await deliver(service, orderCreated())).toBe("done");
  expect(orders.links).toEqual([]);
});

test("an order of nothing to pay is told so without asking the provider", async () => {
  const { service, checkout, orders } = payment();
  const event = orderCreated();
  const free = { ...event, data: { ...(event.data as object), total: { amount: "0", currency: "eur" } } };
  expect(await deliver(service, free)).toBe("done");
  expect([checkout.opened, orders.closed]).toEqual([0, [["order-1", "payment_failed"]]]);
});

test("an order that cannot be told that it will never be paid is told when it can be", async () => {
  const { service, checkout, orders } = payment();
  checkout.open = () => Promise.reject(new AppError("invalid", "too small"));
  orders.closeCheckout = () => Promise.reject(new AppError("unavailable", "away"));
  expect(await deliver(service, orderCreated())).toBe("postponed");
  const told: string[] = [];
  orders.closeCheckout = async (orderId, reason) => void told.push(`${orderId} ${reason}`);
  await vi.waitFor(() => expect(told).toEqual(["order-1 payment_failed"]));
});

test("a failing provider has the event sent again, and leaves nothing behind", async () => {
  const { service, checkout, orders, state } = payment();
  checkout.open = () => Promise.reject(new Error("no"));
  expect(await deliver(service, orderCreated())).toBe("retry");
  expect(await state.get("payment-order-1")).toBeUndefined();
  expect(orders.links).toEqual([]);
});

test.each([
  ["no price", { total: undefined }],
  ["a price below zero", { total: { amount: "-1", currency: "eur" } }],
  ["a price too large to be exact", { total: { amount: "9007199254740993", currency: "eur" } }],
  ["no items", { items: [] }],
  ["no id", { orderId: "" }],
])("an order with %s is never paid, and ends with the dead letters", async (_name, changes) => {
  const { service, checkout } = payment();
  const event = orderCreated();
  const data = { ...(event.data as object), ...changes };
  expect(await deliver(service, { ...event, data })).toBe("retry");
  expect(checkout.opened).toBe(0);
});
