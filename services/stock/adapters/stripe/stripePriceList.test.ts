import { expect, it, vi } from "vitest";
import { silentLogger } from "#common/logging";
import type { Money } from "../../domain/product.ts";
import { aProduct } from "../../testing.ts";
import { memoryStock } from "../memory/stock.ts";
import { freshSeconds } from "./sharedPrices.ts";
import { stripePriceList } from "./stripePriceList.ts";

const eur = (amount: number) => ({ amount, currency: "eur" });

function given() {
  let time = 1_000_000;
  const menu = [aProduct("tea", { stripePriceId: "price_tea" }), aProduct("cake")];
  const read = vi.fn(async (_id: string) => eur(990));
  const prices = stripePriceList(memoryStock(menu).products, read, silentLogger, () => time);
  return { read, prices, wait: (seconds: number) => (time += seconds * 1_000) };
}

it("gives Stripe's price to products that have one there, and none to the others", async () => {
  const { prices } = given();
  expect(await prices.pricesOf(["tea", "cake", "nothing"])).toEqual(new Map([["tea", eur(990)]]));
});

it("reads a price once for many who ask at the same time", async () => {
  const { prices, read } = given();
  const answers = await Promise.all(Array.from({ length: 100 }, () => prices.pricesOf(["tea"])));
  expect(new Set(answers.map((answer) => answer.get("tea")?.amount))).toEqual(new Set([990]));
  expect(read).toHaveBeenCalledTimes(1);
});

it("keeps nobody waiting while a price is renewed", async () => {
  const { prices, read, wait } = given();
  await prices.pricesOf(["tea"]);
  wait(freshSeconds + 1);
  let answer = (_price: Money) => {};
  read.mockReturnValue(new Promise((resolve) => (answer = resolve)));
  expect((await prices.pricesOf(["tea"])).get("tea")).toEqual(eur(990));
  expect((await prices.pricesOf(["tea"])).get("tea")).toEqual(eur(990));
  answer(eur(1_090));
  await vi.waitFor(async () => expect((await prices.pricesOf(["tea"])).get("tea")).toEqual(eur(1_090)));
  expect(read).toHaveBeenCalledTimes(2);
});

it("lets a product cost what its row says when its price could never be read, and tries again soon", async () => {
  const { prices, read, wait } = given();
  read.mockRejectedValueOnce(new Error("Stripe is down"));
  expect((await prices.pricesOf(["tea"])).size).toBe(0);
  expect((await prices.pricesOf(["tea"])).size).toBe(0);
  expect(read).toHaveBeenCalledTimes(1);
  wait(11);
  await vi.waitFor(async () => expect((await prices.pricesOf(["tea"])).get("tea")).toEqual(eur(990)));
});

it("does not wait for ever for a price that was never read", async () => {
  const { prices, read } = given();
  read.mockReturnValue(new Promise(() => {}));
  expect((await prices.pricesOf(["tea"])).size).toBe(0);
});
