import { Code } from "@connectrpc/connect";
import { expect, it } from "vitest";
import { ReservationStatus } from "#common/genproto/stock/v1/stock_pb";
import { ledgerOf } from "../testing.ts";
import { given, many, order, tea } from "./testing.ts";
import { act, dish, eur, refusalOf } from "./testingStaff.ts";

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
  ["dish.name: must not be empty", Code.InvalidArgument, { name: "\u200b\u2060" }],
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

it("guests read a dish's words in other languages, without those of a text that has changed", async () => {
  const { client, staff } = given();
  const put = (fields: object, expectedVersion: bigint) =>
    staff.putDish({ act: act(), dish: dish("soup", fields), expectedVersion });
  const shown = async () => (await client.getItems({ productIds: ["soup"] })).items[0]?.translations;
  await put({ translations: { de: { name: "Suppe", description: " ", category: "Vorspeisen " } } }, 0n);
  expect(await shown()).toMatchObject({ de: { name: "Suppe", description: "", category: "Vorspeisen" } });
  const { dish: changed } = await put({ name: "Tomato soup" }, 1n);
  expect(changed?.translations).toMatchObject({ de: { name: "", category: "Vorspeisen" } });
  expect(await shown()).toMatchObject({ de: { name: "", category: "Vorspeisen" } });
});

it.each([
  [{ allergens: { names: ["cats"] } }, "allergens"],
  [{ translations: { deutsch: { name: "Suppe" } } }, "translations"],
  [{ translations: { de: { name: "a\nb" } } }, "translations"],
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
