import { randomUUID } from "node:crypto";
import { Code, ConnectError } from "@connectrpc/connect";
import { expect, it } from "vitest";
import { ReservationStatus } from "#common/genproto/stock/v1/stock_pb";
import { memoryStock } from "../adapters/memory/stock.ts";
import { aProduct, ledgerOf } from "../testing.ts";
import { given, many, order, tea } from "./testing.ts";

/** What Olga does, as a new act. */
const act = (reason = "") => ({ requestId: randomUUID(), subject: "olga", name: "Olga", reason });
const eur = (amount: number) => ({ amount: BigInt(amount), currency: "eur" });

/** A dish as the page sends it. */
const dish = (productId: string, fields: object = {}) => ({
  ...{ productId, name: productId, description: "", category: "food", emoji: "🍲", unitPrice: eur(250) },
  ...{ hidden: false, position: 0 },
  ...fields,
});

async function refusalOf(call: Promise<unknown>): Promise<[Code, string]> {
  const error = await call.then(() => undefined, ConnectError.from);
  if (!error) throw new Error("it was done");
  return [error.code, error.rawMessage];
}

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
    'Boris changed Green tea meanwhile: the name from "tea" to "Green tea", the description from "a fine tea" to "", ' +
      "the price from €2.50 to €3.50. Look at it again, then change it",
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

it.each<[string, Code, object]>([
  ["A price is at least €0.50", Code.InvalidArgument, { unitPrice: eur(0) }],
  ["A price is at least €0.50", Code.InvalidArgument, { unitPrice: eur(-100) }],
  ["A price is at least €0.50", Code.InvalidArgument, { unitPrice: eur(49) }],
  ["A price is at most €999,999.99", Code.InvalidArgument, { unitPrice: eur(100_000_000) }],
  ["dish.unitPrice.amount: ", Code.InvalidArgument, { unitPrice: { amount: 2n ** 60n, currency: "eur" } }],
  ["prices are in EUR, not in USD", Code.InvalidArgument, { unitPrice: { amount: 250n, currency: "usd" } }],
  ["dish.unitPrice.currency: ", Code.InvalidArgument, { unitPrice: { amount: 250n, currency: "EUR" } }],
  ["dish.unitPrice: ", Code.InvalidArgument, { unitPrice: undefined }],
  ["dish.name: ", Code.InvalidArgument, { name: "x".repeat(1_000) }],
  ["dish.name: must not be empty", Code.InvalidArgument, { name: "  " }],
  ["dish.name: must have no control characters", Code.InvalidArgument, { name: "tea\u0000" }],
  ["dish.name: must have no control characters", Code.InvalidArgument, { name: "tea\u202e" }],
  ["dish.description: ", Code.InvalidArgument, { description: "x".repeat(1_001) }],
  ["dish.category: ", Code.InvalidArgument, { category: "" }],
  ["dish.productId: ", Code.InvalidArgument, { productId: "Not An Id" }],
  ["There is a dish with the id tea already", Code.AlreadyExists, { productId: "tea" }],
])('a dish is refused with "%s", nothing is changed, and the audit has it', async (words, code, fields) => {
  const { staff, stock } = given();
  const before = await stock.products();
  const mine = act("a new dish");
  const [refused, message] = await refusalOf(staff.putDish({ act: mine, dish: dish("soup", fields) }));
  expect([refused, message]).toEqual([code, expect.stringContaining(words)]);
  expect(await stock.products()).toEqual(before);
  const { page } = await staff.listStockActs({});
  expect(page?.records).toMatchObject([{ id: mine.requestId, action: "dish.create", refusal: message, after: "{}" }]);
});

it.each<[string, Code, object]>([
  ["8 units would be left", Code.FailedPrecondition, { quantity: { case: "restock", value: -2 } }],
  ["8 units would be left", Code.FailedPrecondition, { quantity: { case: "count", value: 8 } }],
  ["quantity", Code.InvalidArgument, { quantity: { case: "restock", value: 0 } }],
  ["quantity", Code.InvalidArgument, { quantity: { case: "restock", value: 100_001 } }],
  ["quantity", Code.InvalidArgument, { quantity: { case: "count", value: -1 } }],
  ["quantity", Code.InvalidArgument, {}],
  ["There is no such dish", Code.NotFound, { productId: "nothing", quantity: { case: "restock", value: 1 } }],
  ["productId", Code.InvalidArgument, { productId: "té", quantity: { case: "restock", value: 1 } }],
])('a move is refused with "%s", nothing is changed, and the audit has it', async (words, code, fields) => {
  const { client, staff, stock } = given();
  await client.reserveItems({ reservations: [order("o", tea(9))] });
  const [refused, message] = await refusalOf(staff.moveStock({ act: act(), productId: "tea", ...fields }));
  expect([refused, message]).toEqual([code, expect.stringContaining(words)]);
  expect(await ledgerOf(stock)).toMatchObject({ tea: [1, 9, 0] });
  expect((await staff.listStockActs({})).page?.records).toMatchObject([{ subject: "olga", refusal: message }]);
});

it.each([
  ["requestId", { ...act(), requestId: "not-a-uuid" }],
  ["subject", { ...act(), subject: "" }],
  ["requestId", undefined],
])("an act without a %s is refused, and is nobody's", async (field, who) => {
  const { staff } = given();
  const call = staff.setSoldOut({ ...(who && { act: who }), productId: "tea", soldOut: true });
  expect(await refusalOf(call)).toEqual([Code.InvalidArgument, expect.stringContaining(field)]);
  expect((await staff.listStockActs({})).page?.records).toEqual([]);
});

it("a reason that is too long, or has control characters, is refused and recorded as far as it can be", async () => {
  const { staff } = given();
  for (const reason of ["x".repeat(501), "a\u0007b"])
    await refusalOf(staff.setSoldOut({ act: act(reason), productId: "tea", soldOut: true }));
  const records = (await staff.listStockActs({})).page?.records ?? [];
  expect(records.map(({ reason }) => reason).sort()).toEqual(["a b", "x".repeat(500)]);
});

it("a repeat is answered as the first, and another act under its id is refused", async () => {
  const { staff, stock } = given();
  const mine = act();
  const move = (value: number) =>
    staff.moveStock({ act: mine, productId: "tea", quantity: { case: "restock" as const, value } });
  const first = await move(5);
  expect(first).toMatchObject({
    dish: { available: 15 },
    movement: { id: mine.requestId, quantity: 5, subject: "olga" },
  });
  expect(await move(5)).toEqual(first);
  expect((await refusalOf(move(6)))[0]).toBe(Code.AlreadyExists);
  expect(await ledgerOf(stock)).toMatchObject({ tea: [15, 0, 0] });
});

it("acts and movements come a page at a time, and a token of nobody's is refused", async () => {
  const { staff } = given();
  for (const units of many(5, (index) => index + 1))
    await staff.moveStock({ act: act(), productId: "tea", quantity: { case: "restock", value: units } });
  const seen: number[] = [];
  let pageToken = "";
  do {
    const page = await staff.listMovements({ productId: "tea", pageSize: 2, pageToken });
    seen.push(...page.movements.map(({ quantity }) => quantity));
    pageToken = page.nextPageToken;
  } while (pageToken);
  expect(seen.sort()).toEqual([1, 2, 3, 4, 5]);
  const { page } = await staff.listStockActs({ filter: { target: "tea", action: "dish.restock", pageSize: 3 } });
  expect(page?.records).toHaveLength(3);
  const rest = await staff.listStockActs({ filter: { pageToken: page?.nextPageToken ?? "" } });
  expect(rest.page).toMatchObject({ records: [{}, {}], nextPageToken: "" });
  expect((await refusalOf(staff.listMovements({ productId: "tea", pageToken: "x" })))[0]).toBe(Code.InvalidArgument);
});

it("what a dish contains and where its picture is stay when nobody says otherwise, and guests read both", async () => {
  const { client, staff } = given();
  const put = (fields: object, expectedVersion: bigint) =>
    staff.putDish({ act: act(), dish: dish("soup", fields), expectedVersion });
  const shown = async () => (await client.getItems({ productIds: ["soup"] })).items[0];
  await put({}, 0n);
  expect((await shown())?.allergens).toBeUndefined();
  await put({ allergens: { names: ["soy", "fish", "soy"] }, image: "https://pictures.example/soup.webp" }, 1n);
  await put({ name: "Soup of the day" }, 2n);
  expect(await shown()).toMatchObject({
    name: "Soup of the day",
    allergens: { names: ["fish", "soy"] },
    image: "https://pictures.example/soup.webp",
  });
  const { dish: none } = await put({ allergens: { names: [] }, image: "" }, 3n);
  expect([none?.allergens?.names, none?.image]).toEqual([[], ""]);
});

it.each([
  [{ allergens: { names: ["cats"] } }, "allergens"],
  [{ image: "http://pictures.example/soup.webp" }, "image"],
  [{ image: "//pictures.example/soup.webp" }, "image"],
  [{ image: "javascript:alert(1)" }, "image"],
  [{ image: "https://a:b@pictures.example/" }, "image"],
  [{ image: "/a picture" }, "image"],
])("a dish with %j is refused by its field", async (fields, field) => {
  const { staff } = given();
  const [code, words] = await refusalOf(staff.putDish({ act: act(), dish: dish("soup", fields) }));
  expect(code).toBe(Code.InvalidArgument);
  expect(words).toContain(`dish.${field}`);
});

it("the books tell where every unit came from and is, and what orders hold", async () => {
  const { client, staff } = given();
  await client.reserveItems({ reservations: [order("o", tea(3))] });
  await staff.moveStock({ act: act(), productId: "tea", quantity: { case: "restock", value: 5 } });
  const { dishes, reservations } = await staff.getBooks({ orderIds: ["o", "unknown"] });
  expect(dishes).toMatchObject([
    { productId: "tea", initial: 10, moved: 5, available: 12, reserved: 3, sold: 0 },
    { productId: "cake", initial: 1, moved: 0, available: 1 },
  ]);
  expect(reservations).toMatchObject([
    { orderId: "o", status: ReservationStatus.RESERVED },
    { orderId: "unknown", status: ReservationStatus.UNSPECIFIED },
  ]);
  const tooMany = many(101, (index) => `o${index}`);
  expect((await refusalOf(staff.getBooks({ orderIds: tooMany })))[0]).toBe(Code.InvalidArgument);
});
