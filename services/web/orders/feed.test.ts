import { expect, test } from "vitest";
import { ConnectionError } from "../api/errors.ts";
import type { Order, OrderPage } from "../api/types.ts";
import { anOrder } from "../testing.ts";
import { type Channel, createOrdersFeed } from "./feed.ts";

const paid = anOrder(["pending", "waiting_for_payment", "paid"]);
const cooking = anOrder(["pending", "waiting_for_payment", "paid", "cooking"]);
const ready = anOrder(["pending", "waiting_for_payment", "paid", "cooking", "ready"]);

const flush = () => new Promise((resolve) => setImmediate(resolve));

/** A tab with a server to ask and a clock to turn; tabs of one `bus` hear each other. */
function aTab(bus: ((orders: readonly Order[]) => void)[] = []) {
  const timers = new Map<() => void, number>();
  const tab = { page: { orders: [paid] } as OrderPage | Error, reads: 0, visible: true };
  let mine: (orders: readonly Order[]) => void = () => {};
  const channel: Channel = {
    post: (orders) => bus.filter((hear) => hear !== mine).forEach((hear) => void hear(orders)),
    listen(hear) {
      mine = hear;
      bus.push(hear);
    },
  };
  const feed = createOrdersFeed({
    api: {
      async orders() {
        tab.reads += 1;
        if (tab.page instanceof Error) throw tab.page;
        return tab.page;
      },
    },
    clock: {
      after(ms, act) {
        const timer = () => act();
        timers.set(timer, ms);
        return () => timers.delete(timer);
      },
    },
    channel,
    isVisible: () => tab.visible,
    random: () => 0,
  });
  const pass = async () => {
    for (const timer of [...timers.keys()]) if (timers.delete(timer)) timer();
    await flush();
  };
  const statuses = () => feed.store.get().orders.map(({ status }) => status);
  return { ...feed, tab, pass, statuses, waiting: () => [...timers.values()] };
}

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
  const bus: ((orders: readonly Order[]) => void)[] = [];
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
