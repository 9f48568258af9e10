import { expect, test } from "vitest";
import { orderApp, wish } from "../../testing/app.ts";
import { fakeStock } from "../../testing/fakes.ts";

/** A kitchen of two cooks that has cooked four meals, each in a minute, and what is paid since. */
async function busy(meals = 4) {
  const made = orderApp({ stock: fakeStock({ tea: 100 }) });
  const { app, orders, clock } = made;
  let keys = 0;
  const paid = async () => {
    const { id: orderId, total } = await app.createOrder(wish({ tea: 1 }, `key-${++keys}`));
    await app.payOrder({ orderId, amount: total });
    return orderId;
  };
  const claim = (count: number) => app.claimTickets({ kitchenId: "k", count, leaseSeconds: 600 });
  for (let done = 0; done < meals; done += 2) {
    for (const _ of [1, 2]) await paid();
    const tickets = await claim(2);
    clock.now += 60_000;
    for (const { id: orderId } of tickets) await app.markReady({ orderId, kitchenId: "k" });
  }
  clock.now = Math.ceil(clock.now / 60_000) * 60_000;
  /** In how many seconds an order is said to be ready. */
  const wait = async (orderId: string) => {
    const order = await orders.get(orderId);
    const at = order && (await app.readyAt(order.snapshot));
    return at && Math.round((at.getTime() - clock.now) / 10_000) * 10;
  };
  return { ...made, paid, claim, wait };
}

test("who waits hears of their own meal, and of those that the cooks have to finish before", async () => {
  const { paid, wait } = await busy();
  const ids = [await paid(), await paid(), await paid(), await paid(), await paid()];
  expect(await Promise.all(ids.map(wait))).toEqual([60, 60, 90, 120, 150]);
});

test("who is cooked for hears what is left of the usual time, and nothing when it takes much longer", async () => {
  const { paid, claim, wait, clock } = await busy();
  const id = await paid();
  await claim(1);
  expect(await wait(id)).toBe(60);
  clock.now += 40_000;
  expect(await wait(id)).toBe(20);
  clock.now += 50_000;
  expect(await wait(id)).toBe(0);
  clock.now += 60_000;
  expect(await wait(id)).toBeUndefined();
});

test("nothing is said while too little is known, and when the store cannot be asked", async () => {
  const { paid, wait } = await busy(2);
  expect(await wait(await paid())).toBeUndefined();
  const away = await busy();
  const id = await away.paid();
  away.orders.finished = () => Promise.reject(new Error("away"));
  expect(await away.wait(id)).toBeUndefined();
});

test("nothing is said of an order that nobody paid, or that is over", async () => {
  const { app, orders, wait } = await busy();
  const { id } = await app.createOrder(wish({ tea: 1 }, "unpaid"));
  expect(await wait(id)).toBeUndefined();
  const [ready] = await orders.inStatus("ready", 1);
  expect(await wait(ready?.snapshot.id ?? "")).toBeUndefined();
});

test("a crowd that asks is one look at the store in ten seconds", async () => {
  const { paid, wait, orders, clock } = await busy();
  let looks = 0;
  const { finished } = orders;
  orders.finished = (...asked) => {
    looks++;
    return finished(...asked);
  };
  const id = await paid();
  for (let seconds = 0; seconds < 30; seconds++) {
    await Promise.all([wait(id), wait(id), wait(id)]);
    clock.now += 1_000;
  }
  expect(looks).toBe(3);
});
