import { expect, test } from "vitest";
import { ConnectionError } from "../api/errors.ts";
import { anOrder } from "../testing.ts";
import { aTab, flush, type Hear } from "./testing.ts";

const cooking = anOrder(["pending", "waiting_for_payment", "paid", "cooking"]);
const ready = anOrder(["pending", "waiting_for_payment", "paid", "cooking", "ready"]);

test("an open order is followed to its end, and then nobody asks any more", async () => {
  const { tab, follow, pass, statuses, waiting } = aTab();
  follow();
  await flush();
  expect(statuses()).toEqual(["paid"]);
  tab.page = { orders: [cooking] };
  await pass();
  expect(statuses()).toEqual(["cooking"]);
  tab.page = { orders: [ready] };
  await pass();
  expect(statuses()).toEqual(["ready"]);
  expect(waiting()).toEqual([]);
});

test("while nothing changes the server is asked less and less often, and after news soon again", async () => {
  const { tab, follow, pass, waiting } = aTab();
  follow();
  await flush();
  const pauses: (number | undefined)[] = [];
  for (let reading = 0; reading < 12; reading += 1) {
    pauses.push(waiting()[0]);
    await pass();
  }
  expect(pauses[0]).toBe(2_000);
  expect(pauses[1]).toBeGreaterThan(2_000);
  expect(pauses.at(-1)).toBe(15_000);
  tab.page = { orders: [cooking] };
  await pass();
  expect(waiting()).toEqual([2_000]);
});

test("a connection that is gone is told, tried again, and its return is told", async () => {
  const { tab, follow, pass, store, waiting } = aTab();
  tab.page = new ConnectionError("down");
  follow();
  await flush();
  expect(store.get().trouble).toBe(tab.page);
  await pass();
  expect(waiting()).toEqual([8_000]);
  tab.page = { orders: [] };
  await pass();
  expect(store.get()).toMatchObject({ trouble: undefined, loaded: true });
});

test("what one tab reads, the others know, and they put off their own reading", async () => {
  const bus: Hear[] = [];
  const [one, other] = [aTab(bus), aTab(bus)];
  one.follow();
  other.follow();
  await flush();
  one.tab.page = { orders: [cooking] };
  await one.pass();
  expect(other.statuses()).toEqual(["cooking"]);
  expect(other.tab.reads).toBe(1);
  expect(other.waiting()).toHaveLength(1);
});

test("a tab that nobody sees does not ask, and does when it is back in front", async () => {
  const { tab, follow, pass, wake } = aTab();
  follow();
  await flush();
  tab.visible = false;
  await pass();
  expect(tab.reads).toBe(1);
  tab.visible = true;
  wake();
  expect(tab.reads).toBe(2);
});

test("who leaves is not asked for, and what was learned elsewhere is kept", async () => {
  const { tab, follow, learn, statuses, waiting } = aTab();
  const leave = follow();
  await flush();
  leave();
  learn(cooking);
  expect(statuses()).toEqual(["cooking"]);
  expect(waiting()).toEqual([]);
  expect(tab.reads).toBe(1);
});
