import { describe, expect, test } from "vitest";
import { after, claimOf, placed, sold, stamp, type Verb, verbs } from "../testing/orders.ts";
import type { Status } from "./status.ts";

const conflict = expect.objectContaining({ name: "AppError", kind: "conflict" });
const types = (order: ReturnType<typeof placed>) => order.snapshot.outbox.map(({ type }) => type);

/** Ways to every status. */
const lives: Record<Status, readonly Verb[]> = {
  pending: [],
  waiting_for_payment: ["requestPayment"],
  paid: ["requestPayment", "pay"],
  cooking: ["requestPayment", "pay", "claimFor"],
  ready: ["requestPayment", "pay", "claimFor", "markReady"],
  cancelled: ["requestPayment", "cancel"],
  refunded: ["requestPayment", "pay", "refund"],
};
const statuses = Object.keys(lives) as Status[];

/** What becomes of an order: its new status, "same" when nothing changes, "refused" when it may not be. */
const outcomes: Record<
  Exclude<Verb, "oweRefund" | "callOff" | "takeBack" | "giveBack" | "recordBack">,
  Record<Status, Status | "same" | "refused">
> = {
  requestPayment: {
    pending: "waiting_for_payment",
    waiting_for_payment: "same",
    paid: "same",
    cooking: "same",
    ready: "same",
    cancelled: "refused",
    refunded: "same",
  },
  pay: {
    pending: "paid",
    waiting_for_payment: "paid",
    paid: "same",
    cooking: "same",
    ready: "same",
    cancelled: "refused",
    refunded: "refused",
  },
  claimFor: {
    pending: "refused",
    waiting_for_payment: "refused",
    paid: "cooking",
    cooking: "refused",
    ready: "refused",
    cancelled: "refused",
    refunded: "refused",
  },
  returnTicket: {
    pending: "same",
    waiting_for_payment: "same",
    paid: "same",
    cooking: "paid",
    ready: "same",
    cancelled: "same",
    refunded: "same",
  },
  markReady: {
    pending: "refused",
    waiting_for_payment: "refused",
    paid: "refused",
    cooking: "ready",
    ready: "same",
    cancelled: "refused",
    refunded: "refused",
  },
  cancel: {
    pending: "cancelled",
    waiting_for_payment: "cancelled",
    paid: "refused",
    cooking: "refused",
    ready: "refused",
    cancelled: "same",
    refunded: "refused",
  },
  refund: {
    pending: "refused",
    waiting_for_payment: "refused",
    paid: "refunded",
    cooking: "refunded",
    ready: "refunded",
    cancelled: "refunded",
    refunded: "same",
  },
};

describe.each(Object.keys(outcomes) as (keyof typeof outcomes)[])("%s", (verb) => {
  test.each(statuses.map((status) => [status, outcomes[verb][status]] as const))("of a %s order: %s", (from, to) => {
    const order = after(...lives[from]);
    const before = structuredClone(order.snapshot);
    expect(before.status).toBe(from);
    if (to === "refused") {
      expect(() => verbs[verb](order, stamp(9))).toThrow(conflict);
      expect(order.snapshot).toEqual(before);
    } else if (to === "same") {
      expect(verbs[verb](order, stamp(9))).toBe(false);
      expect(order.snapshot).toEqual(before);
    } else {
      expect(verbs[verb](order, stamp(9))).toBe(true);
      expect(order.snapshot).toMatchObject({ status: to, version: order.snapshot.history.length });
      expect(order.snapshot.history.length).toBeGreaterThan(before.history.length);
    }
  });
});

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
  expect(types(order)).toEqual(["order.created"]);
  order.requestPayment("https://pay.example/1", stamp(1), "cs_1");
  expect(() => order.requestPayment("https://pay.example/2", stamp(2), "cs_2")).toThrow(conflict);
  expect(types(order)).toEqual([]);
  expect(order.snapshot).toMatchObject({ paymentLink: "https://pay.example/1", checkoutSessionId: "cs_1" });
});

test("a cancelled order says why, tells of it, and no longer of its creation", () => {
  const order = placed();
  order.cancel("expired", "sweeper", "e2", stamp(1));
  expect(order.snapshot.history.at(-1)).toMatchObject({ status: "cancelled", by: "sweeper", reason: "expired" });
  expect(order.snapshot.outbox).toEqual([{ id: "e2", type: "order.cancelled", at: stamp(1).at }]);
});

test("an order that is paid before it heard of its link was waiting for that payment, and has told of its creation", () => {
  const order = after("pay");
  expect(order.snapshot.history.map(({ status }) => status)).toEqual(["pending", "waiting_for_payment", "paid"]);
  expect(types(order)).toEqual(["sale"]);
});

test("a paid order has to see sold what it holds, also when it is ready before that, but not when its money goes back", () => {
  const ready = after("requestPayment", "pay", "claimFor", "markReady");
  expect([types(ready), ready.settle("sale"), types(ready), ready.settle("sale")]).toEqual([["sale"], true, [], false]);
  const owing = after("requestPayment", "pay");
  owing.oweRefund("e3", stamp(3));
  expect(types(owing)).toEqual(["refund"]);
});

const owing = (...done: readonly Verb[]) => {
  const order = after(...done);
  return { order, owes: order.oweRefund("refund-1", stamp(5)) };
};

test.each(["paid", "cooking", "cancelled"] as const)(
  "an order that is %s may owe its money back, once, until it is refunded",
  (from) => {
    const { order, owes } = owing(...lives[from]);
    expect(owes).toBe(true);
    expect(order.oweRefund("refund-2", stamp(6))).toBe(false);
    expect(order.snapshot.version).toBe(order.snapshot.history.length);
    expect(order.snapshot.outbox.at(-1)).toEqual({ id: "refund-1", type: "refund", at: stamp(5).at });
    order.refund("payment", stamp(7));
    expect(types(order)).not.toContain("refund");
    expect(order.oweRefund("refund-3", stamp(8))).toBe(false);
  },
);

test("an order that owes its money back is not cooked and never becomes ready", () => {
  const { order } = owing("requestPayment", "pay");
  expect(order.cookableSince).toBeUndefined();
  expect(() => verbs.claimFor(order, stamp(9))).toThrow(conflict);
  expect(() => verbs.markReady(owing(...lives.cooking).order, stamp(9))).toThrow(conflict);
});

test("a claim is one kitchen's alone until its lease ends; then the next may have it, and the first not finish it", () => {
  const order = after(...lives.cooking);
  const { claim } = order.snapshot;
  const leaseEnds = claim?.until.getTime() ?? 0;
  const at = (ms: number) => ({ at: new Date(leaseEnds + ms), traceId: "" });
  const second = claimOf("kitchen-2", at(0));
  expect(order.cookableSince).toEqual(claim?.until);
  expect(() => order.claimFor(second, at(-1))).toThrow(conflict);
  expect(() => order.markReady("kitchen-2", at(-1))).toThrow(conflict);
  expect(order.claimFor(second, at(0))).toBe(true);
  expect(order.snapshot.claim).toEqual(second);
  expect(() => order.markReady("kitchen-1", at(1))).toThrow(conflict);
  expect(order.returnTicket("kitchen-1", at(1))).toBe(false);
  expect(order.markReady("kitchen-2", at(1))).toBe(true);
  expect(order.snapshot).not.toHaveProperty("claim");
});

test("a kitchen whose lease has ended may still finish what nobody else has taken", () => {
  const order = after(...lives.cooking);
  expect(order.markReady("kitchen-1", stamp(10_000))).toBe(true);
});

test("a ticket that came back is cooked in the turn that it had", () => {
  const order = after(...lives.cooking, "returnTicket");
  expect(order.snapshot).not.toHaveProperty("claim");
  expect(order.cookableSince).toEqual(stamp(2).at);
});

test.each(["pending", "waiting_for_payment", "ready"] as const)(
  "an order that is %s owes nothing by itself",
  (from) => {
    expect(() => owing(...lives[from])).toThrow(conflict);
  },
);

test("an event whose effect was seen is told no more; another id closes nothing", () => {
  const order = after("cancel");
  const { version } = order.snapshot;
  expect(order.settle("another")).toBe(false);
  expect(order.settle("cancelled-1")).toBe(true);
  expect(order.snapshot).toMatchObject({ outbox: [], version });
});

test("asPlaced shows the order as its customer saw it first, however far it is", () => {
  const order = placed();
  const { outbox: _, ...first } = structuredClone(order.snapshot);
  order.requestPayment("https://pay.example/1", stamp(1), "cs_1");
  order.pay(stamp(1));
  verbs.claimFor(order, stamp(1));
  const { outbox: __, ...shown } = order.asPlaced;
  expect(shown).toEqual(first);
  expect(order.snapshot.status).toBe("cooking");
});
