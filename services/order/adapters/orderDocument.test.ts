import { expect, test } from "vitest";
import { Order } from "../domain/order.ts";
import { refundsOf } from "../domain/refunds.ts";
import { anAct } from "../testing/acts.ts";
import { after, claimOf, placed, stamp } from "../testing/orders.ts";
import { fromDocument, isLacking, type OrderDocument, toDocument } from "./orderDocument.ts";

/** As a replica of the version before writes again what it read: what it does not know it takes for the order's. */
function writtenByOld(document: OrderDocument, change: (order: Order) => unknown): OrderDocument {
  const { number, amountTime, finishedAt, refundedAt, stuckType, ...known } = document;
  const order = Order.restore(fromDocument(known));
  change(order);
  const {
    number: _n,
    amountTime: _a,
    finishedAt: _f,
    refundedAt: _r,
    stuckType: _s,
    ...next
  } = toDocument(order.snapshot, 60_000, known);
  // These it did not compute: they are as they were.
  return {
    ...next,
    ...Object.fromEntries(
      Object.entries({ number, amountTime, finishedAt, refundedAt, stuckType }).filter(([, value]) => value),
    ),
  };
}

test("what a replica of the version before does not know survives its writes, and is right again with the next of ours", () => {
  const order = after("requestPayment", "pay");
  order.claimFor(claimOf("staff:eve", stamp(3)), stamp(3));
  order.giveBack({ id: "r1", by: "staff:eve", reason: "", amount: { amount: 1, currency: "eur" } }, stamp(4));
  order.giveUp("sale", "no units", stamp(4));
  const ours = toDocument(order.snapshot, 60_000);
  expect(ours).toMatchObject({
    stuckType: "sale",
    refundedAt: stamp(4).at,
    number: expect.stringMatching(/^[0-9A-F]{6}$/),
  });
  const theirs = writtenByOld(ours, (old) => old.markReady("staff:eve", stamp(5)));
  const { refunds, stuck, outbox } = fromDocument(theirs);
  expect({ refunds, stuck, outbox }).toEqual({
    refunds: order.snapshot.refunds,
    stuck: order.snapshot.stuck,
    outbox: order.snapshot.outbox,
  });
  expect(theirs).not.toHaveProperty("finishedAt");
  expect(theirs.amountTime).toEqual(ours.amountTime);
  expect(toDocument(fromDocument(theirs), 60_000, theirs)).toMatchObject({
    finishedAt: stamp(5).at,
    stuckType: "sale",
  });
});

test("what is computed for the store is no part of the order", () => {
  const order = after("requestPayment", "pay", "claimFor", "markReady", "giveBack");
  order.giveUp("sale", "no units", stamp(9));
  order.note({ kind: "given_up", outcome: "reported", at: stamp(9).at });
  order.record(anAct(9));
  const snapshot = { ...order.snapshot, guestName: "Zoë" };
  expect(fromDocument(toDocument(snapshot, 60_000))).toEqual(snapshot);
});

test("a refund that the version before finished is over, whatever it left in the order", () => {
  const owing = after("requestPayment", "pay", "oweRefund");
  const done = writtenByOld(toDocument(owing.snapshot, 60_000), (old) => {
    const { refunds } = old.snapshot;
    old.refund("payment", stamp(9));
    Object.assign(old.snapshot, { refunds });
  });
  expect(refundsOf(fromDocument(done))).toMatchObject([{ status: "succeeded" }]);
});

test("an order lacks what it is found by as soon as one of these is missing, or is not of its last act, and ours never does", () => {
  const order = placed({ guestName: "Zoë" });
  order.record(anAct(1));
  order.record(anAct(2));
  const ours = toDocument(order.snapshot, 60_000);
  expect([isLacking(ours), isLacking(toDocument(placed().snapshot, 60_000))]).toEqual([false, false]);
  for (const field of ["number", "amountTime", "guestNameStart", "actedAt"] as const) {
    const { [field]: _, ...without } = ours;
    expect([field, isLacking(without as OrderDocument)]).toEqual([field, true]);
  }
  expect(isLacking({ ...ours, actedAt: stamp(1).at })).toBe(true);
});

test("a list of handled events, which the version before kept, decides nothing: the order's own status does", () => {
  const document = toDocument(after("requestPayment").snapshot, 60_000);
  const order = Order.restore(fromDocument({ ...document, handled: ["paid-1"] }));
  expect([order.pay(stamp(2)), order.pay(stamp(3))]).toEqual([true, false]);
  expect(toDocument(order.snapshot, 60_000, document)).toMatchObject({ status: "paid", handled: [] });
});
