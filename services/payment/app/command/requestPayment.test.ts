import { expect, test } from "vitest";
import type { Service } from "#common/service";
import type { OpenPayment, Payment } from "../../domain/payment.ts";
import { orderCreated, traceparent } from "../../testing/events.ts";
import { openLocks, payment } from "../../testing/fakes.ts";

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
    seenEvents: [],
    status: "open",
  });
});

test("an order that comes again is told the same link, without a second session", async () => {
  const { service, checkout, orders } = payment();
  await deliver(service, orderCreated());
  expect(await deliver(service, orderCreated())).toBe("repeated");
  expect(checkout.opened).toBe(1);
  expect(orders.links).toEqual([
    ["order-1", "https://pay.example/cs_order-1"],
    ["order-1", "https://pay.example/cs_order-1"],
  ]);
});

test("while one replica opens the payment, the other has the order sent again", async () => {
  const { service, checkout } = payment();
  const outcomes = await Promise.all([deliver(service, orderCreated()), deliver(service, orderCreated())]);
  expect(outcomes.sort()).toEqual(["done", "retry"]);
  expect(checkout.opened).toBe(1);
});

test("a customer who pays as soon as the link is there does not find the payment locked", async () => {
  const { service, orders, locks } = payment();
  let free = false;
  orders.requestPayment = async (orderId) => {
    free = await locks.withLock(`payment-${orderId}`, 1, async () => {});
  };
  expect(await deliver(service, orderCreated())).toBe("done");
  expect(free).toBe(true);
});

test("two replicas at once end with one session and one stored payment, even if the lock keeps nobody out", async () => {
  const { service, checkout, orders, state } = payment({ locks: openLocks });
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => deliver(service, orderCreated())));
  expect(outcomes).toHaveLength(5);
  expect(outcomes).not.toContain("retry");
  expect(checkout.found.size).toBe(1);
  expect(new Set(orders.links.map(([, link]) => link))).toEqual(new Set(["https://pay.example/cs_order-1"]));
  expect((await state.get("payment-order-1"))?.etag).toBe("1");
});

test("if the provider gave two sessions, everyone is told the link of the payment that was stored first", async () => {
  const { service, checkout, orders, state } = payment({ locks: openLocks });
  let made = 0;
  checkout.open = async () => {
    const id = `cs_${++made}`;
    await new Promise(setImmediate);
    return { id, url: `https://pay.example/${id}` };
  };
  await Promise.all([deliver(service, orderCreated()), deliver(service, orderCreated())]);
  const stored = (await state.get<OpenPayment>("payment-order-1"))?.value.session.url;
  expect(made).toBe(2);
  expect(orders.links.map(([, link]) => link)).toEqual([stored, stored]);
});

test("an order that was cancelled meanwhile settles its event", async () => {
  const { service, orders } = payment();
  orders.cancelled.add("order-1");
  expect(await deliver(service, orderCreated())).toBe("done");
  expect(orders.links).toEqual([]);
});

test("an order that comes after its own end gets no session, and settles its event", async () => {
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
  expect(checkout.opened).toBe(1);
});

test("while the store is away no session is opened; one that could not be stored is the same one later", async () => {
  const { service, checkout, orders, state } = payment();
  const { get, save } = state;
  state.get = () => Promise.reject(new Error("away"));
  expect(await deliver(service, orderCreated())).toBe("retry");
  expect(checkout.opened).toBe(0);
  state.get = get;
  state.save = () => Promise.reject(new Error("away"));
  expect(await deliver(service, orderCreated())).toBe("retry");
  expect(orders.links).toEqual([]);
  state.save = save;
  expect(await deliver(service, orderCreated())).toBe("done");
  expect(checkout.found.size).toBe(1);
  expect(orders.links).toHaveLength(1);
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
