import { expect, test } from "vitest";
import { fakeStock } from "../../testing/fakes.ts";
import { getProducts } from "./getProducts.ts";

function menu() {
  const stock = fakeStock({ tea: 10 });
  const clock = { now: 0 };
  const ask = getProducts({ stock, clock: () => clock.now });
  const left = async () => (await ask({})).products[0]?.available;
  const calls = () => stock.calls.length;
  return { stock, clock, left, calls };
}

test("however many ask, stock is asked once a second", async () => {
  const { stock, clock, left, calls } = menu();
  expect(await Promise.all(Array.from({ length: 50 }, left))).toEqual(Array(50).fill(10));
  stock.left.set("tea", 7);
  clock.now = 999;
  expect([await left(), calls()]).toEqual([10, 1]);
  clock.now = 1_000;
  expect([await left(), await left(), calls()]).toEqual([7, 7, 2]);
});

test("while stock is away the last menu is shown, for five minutes, and never none that was not there", async () => {
  const { stock, clock, left } = menu();
  stock.away = true;
  await expect(left()).rejects.toMatchObject({ kind: "unavailable" });
  stock.away = false;
  await left();
  stock.away = true;
  clock.now = 300_000;
  expect(await left()).toBe(10);
  clock.now = 300_001;
  await expect(left()).rejects.toMatchObject({ kind: "unavailable" });
  stock.away = false;
  stock.left.set("tea", 3);
  expect(await left()).toBe(3);
});
