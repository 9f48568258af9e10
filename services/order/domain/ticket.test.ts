import { expect, test } from "vitest";
import { after, claimOf, lives, stamp } from "../testing/orders.ts";

const conflict = expect.objectContaining({ name: "AppError", kind: "conflict" });

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

test("whoever takes or finishes a cook's ticket hears of a cook: there may be one kitchen alone", () => {
  const order = after("requestPayment", "pay");
  order.claimFor(claimOf("staff:olga", stamp(9)), stamp(4));
  const others = expect.objectContaining({ kind: "conflict", message: "Another cook has this order" });
  expect(() => order.claimFor(claimOf("staff:carla", stamp(9)), stamp(5))).toThrow(others);
  expect(() => order.markReady("staff:carla", stamp(5))).toThrow(others);
});

test("a ticket that came back is cooked in the turn that it had", () => {
  const order = after(...lives.cooking, "returnTicket");
  expect(order.snapshot).not.toHaveProperty("claim");
  expect(order.cookableSince).toEqual(stamp(2).at);
});
