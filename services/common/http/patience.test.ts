import { expect, test } from "vitest";
import { patienceWith } from "./patience.ts";

test("a caller has so many at once, and more with time", () => {
  let now = 0;
  const patience = patienceWith({ burst: 3, perSecond: 2 }, () => now);
  const spend = (times: number) => Array.from({ length: times }, () => patience.spend("eve"));
  expect(spend(4)).toEqual([true, true, true, false]);
  expect(patience.isOver("eve")).toBe(true);
  now += 1_000;
  expect(patience.isOver("eve")).toBe(false);
  expect(spend(3)).toEqual([true, true, false]);
  now += 3_600_000;
  expect(spend(4)).toEqual([true, true, true, false]);
});

test("one caller's trespasses are not another's", () => {
  const patience = patienceWith({ burst: 1, perSecond: 0 });
  expect([patience.spend("eve"), patience.spend("eve"), patience.spend("ann")]).toEqual([true, false, true]);
});
