import { expect, test } from "vitest";
import { createMetrics } from "#common/metrics";
import type { StatusChange } from "../domain/order.ts";
import type { Status } from "../domain/status.ts";
import { stageTimes } from "./stageTimes.ts";

/** Steps with the second in which each happened. */
function life(...steps: [Status, number][]): { history: StatusChange[] } {
  return { history: steps.map(([status, at]) => ({ status, at: new Date(at * 1000), by: "payment", traceId: "" })) };
}

async function timed(...changes: [{ history: StatusChange[] } | undefined, { history: StatusChange[] }][]) {
  const metrics = createMetrics("order", false);
  const observe = stageTimes(metrics);
  for (const [before, after] of changes) observe(before, after);
  const sums = [
    ...(await metrics.registry.metrics()).matchAll(/_stage_seconds_sum\{.*from="(\w+)",to="(\w+)".*\} (\S+)/g),
  ];
  return Object.fromEntries(sums.map(([, from, to, sum]) => [`${from} to ${to}`, Number(sum)]));
}

const placed = life(["pending", 0]);
const linked = life(["pending", 0], ["waiting_for_payment", 2]);
const paid = life(["pending", 0], ["waiting_for_payment", 2], ["paid", 30]);
const ready = life(["pending", 0], ["waiting_for_payment", 2], ["paid", 30], ["ready", 100]);

test("each step is timed from the one before, from the order and from the payment", async () => {
  expect(await timed([undefined, placed], [placed, linked], [linked, paid], [paid, ready])).toEqual({
    "pending to waiting_for_payment": 2,
    "pending to paid": 30,
    "waiting_for_payment to paid": 28,
    "pending to ready": 100,
    "paid to ready": 70,
  });
});

test("several steps that were stored as one are timed all", async () => {
  expect(await timed([linked, ready])).toMatchObject({ "pending to paid": 30, "paid to ready": 70 });
});

test("a change that is no step is not timed", async () => {
  expect(await timed([undefined, placed], [linked, linked])).toEqual({});
});

test("a clock that ran backwards is no time at all", async () => {
  expect(await timed([placed, life(["pending", 10], ["cancelled", 9])])).toEqual({ "pending to cancelled": 0 });
});
