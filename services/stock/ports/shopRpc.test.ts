import { Code } from "@connectrpc/connect";
import { expect, it } from "vitest";
import { memoryStock } from "../adapters/memory/stock.ts";
import { aProduct, ledgerOf } from "../testing.ts";
import { given, order, tea } from "./testing.ts";
import { act, dish, eur, refusalOf } from "./testingStaff.ts";

it("a dish is made, changed, hidden and sold out, and guests see what became of it", async () => {
  const { client, staff } = given();
  const text = '<img src=x onerror="alert(1)">';
  const { dish: made } = await staff.putDish({ act: act(), dish: dish("soup", { name: text, position: -1 }) });
  expect(made).toMatchObject({ productId: "soup", name: text, available: 0, version: 1n });
  await staff.moveStock({ act: act(), productId: "soup", quantity: { case: "count", value: 7 } });
  const menu = async () =>
    (await client.getItems({})).items.map(({ productId, available, unitPrice }) => [
      productId,
      available,
      unitPrice?.amount,
    ]);
  expect(await menu()).toEqual([
    ["soup", 7, 250n],
    ["tea", 10, 250n],
    ["cake", 1, 250n],
  ]);
  const dearer = dish("soup", { unitPrice: eur(300), position: 9 });
  expect(await staff.putDish({ act: act(), dish: dearer, expectedVersion: 1n })).toMatchObject({
    dish: { version: 2n },
  });
  await staff.setSoldOut({ act: act(), productId: "tea", soldOut: true });
  await staff.putDish({ act: act(), dish: dish("cake", { hidden: true, position: 1 }), expectedVersion: 1n });
  expect(await menu()).toEqual([
    ["tea", 0, 250n],
    ["soup", 7, 300n],
  ]);
  const { dishes } = await staff.listDishes({});
  expect(dishes.map(({ productId, available, hidden, soldOut }) => [productId, available, hidden, soldOut])).toEqual([
    ["tea", 10, false, true],
    ["cake", 1, true, false],
    ["soup", 7, false, false],
  ]);
  const { results } = await client.reserveItems({
    reservations: [order("o", tea(1), { productId: "cake", quantity: 1 })],
  });
  expect(results[0]?.outcome).toMatchObject({
    case: "rejected",
    value: { unknownProductIds: ["cake"], shortages: [{ productId: "tea", requested: 1, available: 0 }] },
  });
});

it("of two owners who change one dish the second hears what the first changed, and nothing is lost", async () => {
  const { staff } = given();
  const first = { ...act(), subject: "boris", name: "Boris" };
  await staff.putDish({
    act: first,
    dish: dish("tea", { unitPrice: eur(350), name: "Green tea" }),
    expectedVersion: 1n,
  });
  await staff.setSoldOut({ act: act(), productId: "tea", soldOut: true });
  const mine = act();
  const second = () => staff.putDish({ act: mine, dish: dish("tea", { hidden: true }), expectedVersion: 1n });
  const refusal = [
    Code.FailedPrecondition,
    'Boris changed Green tea meanwhile: its name is "Green tea" now, not "tea"; its description is empty now, not ' +
      '"a fine tea"; it costs €3.50 now, not €2.50. Nothing of yours is saved: compare it with this, then save again',
  ];
  expect(await refusalOf(second())).toEqual(refusal);
  expect(await refusalOf(second())).toEqual(refusal);
  const { dishes } = await staff.listDishes({});
  expect(dishes[0]).toMatchObject({ name: "Green tea", hidden: false, version: 2n, soldOut: true });
});

it("a price that staff change counts instead of the one that Stripe keeps, and one that they leave does not", async () => {
  const stock = memoryStock([aProduct("tea", { stripePriceId: "price_1" })]);
  const prices = { pricesOf: async () => new Map([["tea", { amount: 990, currency: "eur" }]]) };
  const { staff } = given(stock, prices);
  await staff.putDish({ act: act(), dish: dish("tea", { unitPrice: eur(990) }), expectedVersion: 1n });
  expect(await stock.products()).toMatchObject([{ stripePriceId: "price_1", unitPrice: { amount: 250 } }]);
  await staff.putDish({ act: act(), dish: dish("tea", { unitPrice: eur(500) }), expectedVersion: 2n });
  expect(await stock.products()).toMatchObject([{ stripePriceId: "", unitPrice: { amount: 500 } }]);
});

it("a closed shop takes no orders, says why, and answers those that it has", async () => {
  const { client, staff } = given();
  await client.reserveItems({ reservations: [order("before", tea(1))] });
  const shop = { closed: true, sentence: "Back at 17:00" };
  expect(await staff.setShop({ act: act(), shop })).toMatchObject({ shop });
  expect(await staff.getShop({})).toMatchObject({ shop });
  expect(await client.getItems({})).toMatchObject({ shopClosed: true, shopSentence: "Back at 17:00" });
  const reservations = [order("before", tea(1)), order("after", tea(1))];
  const { results } = await client.reserveItems({ reservations });
  expect(results[0]?.outcome).toMatchObject({ case: "reserved", value: { repeatedRequest: true } });
  expect(results[1]?.outcome).toMatchObject({
    case: "rejected",
    value: { shopClosed: true, shopSentence: "Back at 17:00", shortages: [] },
  });
  await staff.setShop({ act: act(), shop: { closed: false, sentence: "" } });
  expect((await client.reserveItems({ reservations })).results[1]?.outcome.case).toBe("reserved");
});

it("an order at another price than was seen is refused with both prices, and one at the same is taken", async () => {
  const { client, stock } = given();
  const seen = (amount: number, currency = "eur") => ({ ...tea(1), priceSeen: { amount: BigInt(amount), currency } });
  const { results } = await client.reserveItems({
    reservations: [order("same", seen(250)), order("cheaper", seen(200)), order("other", seen(250, "usd"))],
  });
  expect(results.map(({ outcome }) => outcome.case)).toEqual(["reserved", "rejected", "rejected"]);
  const now = { amount: 250n, currency: "eur" };
  expect(results[1]?.outcome.value).toMatchObject({
    priceChanges: [{ productId: "tea", seen: { amount: 200n, currency: "eur" }, now }],
  });
  expect(results[2]?.outcome.value).toMatchObject({ priceChanges: [{ seen: { currency: "usd" }, now }] });
  expect(await ledgerOf(stock)).toMatchObject({ tea: [9, 1, 0] });
});
