import { expect, test } from "vitest";
import { after, placed, stamp, type Verb } from "../testing/orders.ts";
import { nextLook } from "./rest.ts";

const minute = 60_000;

/** When an order is looked at again, in seconds after noon; it expires half an hour after noon. */
function lookOf(done: readonly Verb[], now: number): number | undefined {
  const at = nextLook(after(...done).snapshot, stamp(now).at, minute);
  return at && (at.getTime() - stamp().at.getTime()) / 1000;
}

test("an order without a link is looked at like any that rests, and at the latest when it expires", () => {
  expect(lookOf([], 0)).toBe(60);
  expect(lookOf([], 1_000)).toBe(1_300);
  expect(lookOf([], 1_700)).toBe(1_800);
});

test.each([
  [1, 61],
  [61, 121],
  [241, 301],
  [1_001, 1_061],
  [1_781, 1_800],
])(
  "an order that waits for its payment is looked at each minute, and when it expires: at %i s again at %i s",
  (now, at) => {
    expect(lookOf(["requestPayment"], now)).toBe(at);
  },
);

test("one that may be paid for hours is looked at more seldom after the first", () => {
  const { snapshot } = after("requestPayment");
  const order = { ...snapshot, expiresAt: stamp(7_200).at };
  const again = (now: number) => Number(nextLook(order, stamp(now).at, minute)?.getTime()) - stamp(now).at.getTime();
  expect([again(3_000), again(3_700)]).toEqual([minute, 5 * minute]);
});

test.each([
  [1_800, 1_805],
  [1_830, 1_860],
  [9_000, 9_060],
])("an expired order that is still unpaid is tried again and again: at %i s again at %i s", (now, at) => {
  expect(lookOf(["requestPayment"], now)).toBe(at);
});

test("a paid order is looked at until it is ready, at least every five minutes", () => {
  expect(lookOf(["requestPayment", "pay"], 2)).toBe(62);
  expect(lookOf(["requestPayment", "pay"], 100_000)).toBe(100_300);
  expect(lookOf(["requestPayment", "pay", "claimFor", "markReady"], 9)).toBeUndefined();
});

test("a cancelled order is looked at for an hour: money may have come in all the same", () => {
  expect(lookOf(["cancel"], 1)).toBe(61);
  expect(lookOf(["cancel"], 1_921)).toBe(3_841);
  expect(lookOf(["cancel"], 3_841)).toBeUndefined();
  expect(lookOf(["cancel", "refund"], 5)).toBeUndefined();
});

test("a patience beyond the longest wait is kept to", () => {
  expect(nextLook(after("requestPayment", "pay").snapshot, stamp(2).at, 60 * minute)).toEqual(stamp(3_602).at);
  expect(nextLook(placed().snapshot, stamp(0).at, 60 * minute)).toEqual(stamp(1_800).at);
});
