import { expect, test } from "vitest";
import { backfill } from "./backfill.ts";

/** A store that always has more to fill, at a clock that each step takes on by so many milliseconds. */
function endless(stepMs: number) {
  const seen = { steps: 0, before: new Date(0) };
  let elapsed = 0;
  const orders = {
    async backfill(before: Date) {
      seen.steps++;
      seen.before = before;
      elapsed += stepMs;
      return "more" as const;
    },
  };
  const now = () => ({ at: new Date(100_000), traceId: "" });
  return { seen, round: backfill({ orders, now, clock: () => elapsed }) };
}

test("a round of filling ends with its second, however much is left, and the next goes on", async () => {
  const { seen, round } = endless(300);
  await round();
  expect(seen.steps).toBe(4);
  await round();
  expect(seen.steps).toBe(8);
});

test("orders of the last minute are left to the next round: they may still be on their way into the store", async () => {
  const { seen, round } = endless(2_000);
  await round();
  expect(seen).toEqual({ steps: 1, before: new Date(40_000) });
});

test("a round ends when there is nothing left", async () => {
  let steps = 0;
  const orders = {
    async backfill() {
      return ++steps === 2 ? ("done" as const) : ("more" as const);
    },
  };
  await backfill({ orders, now: () => ({ at: new Date(), traceId: "" }), clock: () => 0 })();
  expect(steps).toBe(2);
});
