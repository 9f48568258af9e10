import { expect, test } from "vitest";
import { anOrder } from "../testing.ts";
import { aLine, aTab, flush, type Hear } from "./testing.ts";

const cooking = anOrder(["pending", "waiting_for_payment", "paid", "cooking"]);
const ready = anOrder(["pending", "waiting_for_payment", "paid", "cooking", "ready"]);

/** Two tabs of one guest that look at their orders; the first has the stream. */
async function twoTabs() {
  const [bus, line] = [[] as Hear[], aLine()];
  const [one, other] = [aTab(bus, line), aTab(bus, line)];
  const leave = one.follow();
  await settled();
  other.follow();
  await settled();
  return { one, other, leave };
}

/** A turn in the line comes later, and the stream after it. */
async function settled() {
  for (let turn = 0; turn < 5; turn += 1) await flush();
}

test("two tabs have one stream between them, and both know what comes by it", async () => {
  const { one, other } = await twoTabs();
  expect([one.streams.length, other.streams.length]).toEqual([1, 0]);
  one.streams[0]?.on.status(cooking);
  expect([one.statuses(), other.statuses()]).toEqual([["cooking"], ["cooking"]]);
});

test("while it flows both read as seldom as if nothing changed, and read they do", async () => {
  const { one, other } = await twoTabs();
  expect([one.waiting(), other.waiting()]).toEqual([[2_600], [2_600]]);
  one.streams[0]?.on.status(cooking);
  expect([one.waiting(), other.waiting()]).toEqual([[15_000], [15_000]]);
});

test("a stream that flows no more is found out by a reading, and trusted again once it tells something", async () => {
  const { tab, streams, follow, pass, waiting } = aTab([], aLine());
  follow();
  await settled();
  streams[0]?.on.status(anOrder(["pending", "waiting_for_payment", "paid"]));
  expect(waiting()).toEqual([15_000]);
  tab.page = { orders: [cooking] };
  await pass();
  expect(waiting()).toEqual([2_000]);
  expect(streams).toHaveLength(1);
  streams[0]?.on.status(cooking);
  expect(waiting()).toEqual([15_000]);
});

test("a tab that goes to the back leaves it to the other, which is not taken for one that hears already", async () => {
  const { one, other } = await twoTabs();
  one.streams[0]?.on.status(cooking);
  one.tab.visible = false;
  one.rest();
  expect(one.streams[0]?.closed).toBe(true);
  await settled();
  expect(other.streams).toHaveLength(1);
  expect(other.waiting()).toEqual([2_000]);
  other.streams[0]?.on.status(ready);
  expect(one.statuses()).toEqual(["ready"]);
});

test("who leaves the list leaves it too, and at the end of the last order nobody has it", async () => {
  const { one, other, leave } = await twoTabs();
  leave();
  await settled();
  expect([one.streams[0]?.closed, other.streams.length]).toEqual([true, 1]);
  other.streams[0]?.on.status(ready);
  expect([other.streams[0]?.closed, other.waiting()]).toEqual([true, []]);
});

test("without an open order there is none", async () => {
  const { tab, streams, follow } = aTab([], aLine());
  tab.page = { orders: [ready] };
  follow();
  await settled();
  expect(streams).toEqual([]);
});

test("when it breaks both read as without it, and it is tried again, ever later until it brings news", async () => {
  const { one, other } = await twoTabs();
  one.streams[0]?.on.status(cooking);
  one.streams[0]?.on.failed();
  expect([one.waiting().sort(), other.waiting()]).toEqual([[2_000, 4_000], [2_000]]);
  await one.pass();
  one.streams[1]?.on.status(cooking);
  one.streams[1]?.on.failed();
  expect(one.waiting()).toContain(8_000);
  await one.pass();
  one.streams[2]?.on.status(ready);
  expect(other.statuses()).toEqual(["ready"]);
  expect(one.streams).toHaveLength(3);
});

test("a stream that never opens puts off no reading", async () => {
  const { streams, follow, pass, waiting } = aTab([], aLine());
  follow();
  await settled();
  await pass();
  const [due] = waiting();
  streams[0]?.on.failed();
  expect(waiting()).toEqual([due, 4_000]);
});

test("where tabs cannot share one, all goes on by reading", async () => {
  const { tab, streams, follow, pass, statuses, waiting } = aTab();
  follow();
  await settled();
  expect([streams, waiting()]).toEqual([[], [2_000]]);
  tab.page = { orders: [cooking] };
  await pass();
  expect([statuses(), waiting()]).toEqual([["cooking"], [2_000]]);
});
