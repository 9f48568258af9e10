import { expect, test } from "vitest";
import { after, entriesOf, lives, stamp, type Verb, verbs } from "../testing/orders.ts";

const conflict = expect.objectContaining({ name: "AppError", kind: "conflict" });

test("a paid order has to see sold what it holds, also when it is ready before that, but not when its money goes back", () => {
  const ready = after("requestPayment", "pay", "claimFor", "markReady");
  expect([entriesOf(ready), ready.closeEntry("sale"), entriesOf(ready), ready.closeEntry("sale")]).toEqual([
    ["sale"],
    true,
    [],
    false,
  ]);
  const owing = after("requestPayment", "pay");
  owing.oweRefund("e3", stamp(3));
  expect(entriesOf(owing)).toEqual(["refund"]);
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
    expect(entriesOf(order)).not.toContain("refund");
    expect(order.oweRefund("refund-3", stamp(8))).toBe(false);
  },
);

test("an order that owes its money back is not cooked and never becomes ready", () => {
  const { order } = owing("requestPayment", "pay");
  expect(order.cookableSince).toBeUndefined();
  expect(() => verbs.claimFor(order, stamp(9))).toThrow(conflict);
  expect(() => verbs.markReady(owing(...lives.cooking).order, stamp(9))).toThrow(conflict);
});

test.each(["pending", "waiting_for_payment", "ready"] as const)(
  "an order that is %s owes nothing by itself",
  (from) => {
    expect(() => owing(...lives[from])).toThrow(conflict);
  },
);

test("an order owes nothing more while all of its money is on its way back at the provider", () => {
  const order = after(...lives.cancelled);
  const { total: amount } = order.snapshot;
  order.recordRefunds([{ id: "re_dashboard", amount, status: "refunding" }], stamp(5));
  expect(order.oweRefund("refund-1", stamp(6))).toBe(false);
  expect(order.snapshot.refunds).toHaveLength(1);
});
