import { expect, test } from "vitest";
import { after, claimOf, entriesOf, placed, sold, stamp, verbs } from "../testing/orders.ts";

const conflict = expect.objectContaining({ name: "AppError", kind: "conflict" });

test("a new order is pending, costs what its lines cost, and has its event to tell", () => {
  const order = placed({ lines: [sold("tea", 2), sold("cake", 1, { amount: 400, currency: "eur" })], eventId: "e1" });
  expect(order.snapshot).toMatchObject({
    status: "pending",
    total: { amount: 900, currency: "eur" },
    version: 1,
    history: [{ status: "pending", by: "customer", at: stamp().at }],
    outbox: [{ id: "e1", type: "order.created", at: stamp().at }],
  });
});

test("an order without lines, or with prices in two currencies, cannot be placed", () => {
  const invalid = expect.objectContaining({ kind: "invalid" });
  expect(() => placed({ lines: [] })).toThrow(invalid);
  expect(() => placed({ lines: [sold("tea"), sold("cake", 1, { amount: 1, currency: "usd" })] })).toThrow(invalid);
});

test("an order that was cancelled and then refunded was cancelled: a repeat changes nothing", () => {
  const order = after("cancel", "refund");
  expect(order.cancel("customer", "customer", "e2", stamp(9))).toBe(false);
});

test("every step is written down with its time, its trace and who took it", () => {
  const order = placed();
  order.requestPayment("https://pay.example/1", stamp(1, "trace-1"));
  order.pay(stamp(2, "trace-2"));
  order.claimFor(claimOf("kitchen-1", stamp(3)), stamp(3, "trace-3"));
  order.markReady("kitchen-1", stamp(4, "trace-4"));
  expect(order.snapshot.history).toEqual([
    { status: "pending", by: "customer", at: stamp().at, traceId: "" },
    { status: "waiting_for_payment", by: "payment", at: stamp(1).at, traceId: "trace-1" },
    { status: "paid", by: "payment", at: stamp(2).at, traceId: "trace-2" },
    { status: "cooking", by: "kitchen", at: stamp(3).at, traceId: "trace-3" },
    { status: "ready", by: "kitchen", at: stamp(4).at, traceId: "trace-4" },
  ]);
});

test("an order that waits for its payment has told of its creation, and refuses a second, different link", () => {
  const order = placed();
  expect(entriesOf(order)).toEqual(["order.created"]);
  order.requestPayment("https://pay.example/1", stamp(1), "cs_1");
  expect(() => order.requestPayment("https://pay.example/2", stamp(2), "cs_2")).toThrow(conflict);
  expect(entriesOf(order)).toEqual([]);
  expect(order.snapshot).toMatchObject({ paymentLink: "https://pay.example/1", checkoutSessionId: "cs_1" });
});

test("a cancelled order says why, tells of it, and no longer of its creation", () => {
  const order = placed();
  order.cancel("expired", "sweeper", "e2", stamp(1));
  expect(order.snapshot.history.at(-1)).toMatchObject({ status: "cancelled", by: "sweeper", reason: "expired" });
  expect(order.snapshot.outbox).toEqual([{ id: "e2", type: "order.cancelled", at: stamp(1).at }]);
});

test("a paid order says what it was paid with, as it heard first, and nothing where nobody could say", () => {
  const order = after("requestPayment");
  order.pay(stamp(1), "card");
  order.pay(stamp(2), "ideal");
  expect(order.snapshot.means).toBe("card");
  expect(after("requestPayment", "pay").snapshot).not.toHaveProperty("means");
});

test("an order that is paid before it heard of its link was waiting for that payment, and has told of its creation", () => {
  const order = after("pay");
  expect(order.snapshot.history.map(({ status }) => status)).toEqual(["pending", "waiting_for_payment", "paid"]);
  expect(entriesOf(order)).toEqual(["sale"]);
});

test("an event whose effect was seen is told no more; another id closes nothing", () => {
  const order = after("cancel");
  const { version } = order.snapshot;
  expect(order.closeEntry("another")).toBe(false);
  expect(order.closeEntry("cancelled-1")).toBe(true);
  expect(order.snapshot).toMatchObject({ outbox: [], version });
});

test("asPlaced shows the order as its customer saw it first, however far it is", () => {
  const order = placed();
  const { outbox: _, ...first } = structuredClone(order.snapshot);
  order.requestPayment("https://pay.example/1", stamp(1), "cs_1");
  order.pay(stamp(1), "card");
  verbs.claimFor(order, stamp(1));
  const { outbox: __, ...shown } = order.asPlaced;
  expect(shown).toEqual(first);
  expect(order.snapshot.status).toBe("cooking");
});
