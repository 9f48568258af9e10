import { Code, ConnectError } from "@connectrpc/connect";
import { expect, it, vi } from "vitest";
import { ReservationStatus } from "#common/genproto/stock/v1/stock_pb";
import { memoryStock } from "../adapters/memory/stock.ts";
import type { PriceList } from "../domain/priceList.ts";
import { ledgerOf } from "../testing.ts";
import { given, many, now, order, tea } from "./testing.ts";

it("answers every order of a batch, in the batch's order", async () => {
  const { client } = given();
  const { results } = await client.reserveItems({
    reservations: [
      order("first", tea(2), { productId: "cake", quantity: 1 }),
      order("second", { productId: "cake", quantity: 1 }, { productId: "nothing", quantity: 1 }),
      order("first", tea(9)),
    ],
  });
  expect(results.map(({ orderId }) => orderId)).toEqual(["first", "second", "first"]);
  expect(results[0]?.outcome).toMatchObject({
    case: "reserved",
    value: {
      repeatedRequest: false,
      expiresAt: { seconds: BigInt(now / 1_000 + 60) },
      lines: [
        { productId: "cake" },
        { productId: "tea", name: "tea", quantity: 2, unitPrice: { amount: 250n, currency: "eur" } },
      ],
    },
  });
  expect(results[1]?.outcome).toMatchObject({
    case: "rejected",
    value: { unknownProductIds: ["nothing"], shortages: [{ productId: "cake", requested: 1, available: 0 }] },
  });
  expect(results[2]?.outcome).toMatchObject({ case: "reserved", value: { repeatedRequest: true } });
});

it("shows the menu with what is left, or only the named products", async () => {
  const { client } = given();
  const { items } = await client.getItems({});
  expect(items.map(({ productId, available }) => [productId, available])).toEqual([
    ["tea", 10],
    ["cake", 1],
  ]);
  expect((await client.getItems({ productIds: ["cake"] })).items).toMatchObject([
    { productId: "cake", name: "cake", category: "food", emoji: "🍲", unitPrice: { amount: 250n, currency: "eur" } },
  ]);
});

it("sells at the price that the menu shows, also when that comes from elsewhere", async () => {
  const unitPrice = { amount: 990, currency: "usd" };
  const { client } = given(undefined, { pricesOf: async () => new Map([["tea", unitPrice]]) });
  const { items } = await client.getItems({ productIds: ["tea"] });
  const { results } = await client.reserveItems({ reservations: [order("o", tea(1))] });
  const wire = { amount: 990n, currency: "usd" };
  expect(items).toMatchObject([{ unitPrice: wire }]);
  expect(results[0]?.outcome).toMatchObject({ value: { lines: [{ unitPrice: wire }] } });
});

it("tells what is short, a product that does not exist included", async () => {
  const { client } = given();
  expect(await client.checkIfItemsInStock({ lines: [tea(10)] })).toMatchObject({ inStock: true, shortages: [] });
  const lines = [tea(11), { productId: "nothing", quantity: 1 }];
  expect(await client.checkIfItemsInStock({ lines })).toMatchObject({
    inStock: false,
    shortages: [
      { productId: "tea", requested: 11, available: 10 },
      { productId: "nothing", requested: 1, available: 0 },
    ],
  });
});

it("answers a repeat after a release with a reservation that holds no longer", async () => {
  const { client } = given();
  const reservations = [order("o", tea(1))];
  await client.reserveItems({ reservations });
  await client.releaseReservation({ orderId: "o" });
  const { results } = await client.reserveItems({ reservations });
  expect(results[0]?.outcome).toMatchObject({ value: { repeatedRequest: true, expiresAt: { seconds: 0n } } });
});

it("answers a repeat after its time with a reservation that holds no longer, by stock's own clock", async () => {
  const time = { now };
  const { client } = given(undefined, undefined, () => time.now);
  const reservations = [order("o", tea(1))];
  const repeated = async () => (await client.reserveItems({ reservations })).results[0]?.outcome.value;
  await repeated();
  time.now += 59_999;
  expect(await repeated()).toMatchObject({ expiresAt: { seconds: BigInt(now / 1_000 + 60) } });
  time.now += 1;
  expect(await repeated()).toMatchObject({ repeatedRequest: true, expiresAt: { seconds: 0n } });
});

it("commits and releases, and refuses what a reservation does not allow", async () => {
  const { client, stock } = given();
  await client.reserveItems({ reservations: [order("sold", tea(1)), order("given-back", tea(9))] });
  await client.commitReservation({ orderId: "sold" });
  await client.releaseReservation({ orderId: "given-back" });
  await client.releaseReservation({ orderId: "never-reserved" });
  expect(await ledgerOf(stock)).toMatchObject({ tea: [9, 0, 1] });
  await client.reserveItems({ reservations: [order("faster", tea(1))] });
  const refused = (call: Promise<unknown>) =>
    call.then(
      () => undefined,
      (error) => ConnectError.from(error).code,
    );
  expect(await refused(client.releaseReservation({ orderId: "sold" }))).toBe(Code.FailedPrecondition);
  expect(await refused(client.commitReservation({ orderId: "given-back" }))).toBe(Code.FailedPrecondition);
  expect(await refused(client.commitReservation({ orderId: "never-reserved" }))).toBe(Code.NotFound);
});

it("tells what became of reservations, in the order of the question", async () => {
  const { client } = given();
  const reservations = ["held", "sold", "given-back"].map((orderId) => order(orderId, tea(1)));
  await client.reserveItems({ reservations });
  await client.commitReservation({ orderId: "sold" });
  await client.releaseReservation({ orderId: "given-back" });
  const answer = await client.getReservations({ orderIds: ["sold", "never-reserved", "held", "given-back"] });
  const expiresAt = { seconds: BigInt(now / 1_000 + 60) };
  expect(answer.reservations).toMatchObject([
    { orderId: "sold", status: ReservationStatus.COMMITTED, expiresAt },
    { orderId: "never-reserved", status: ReservationStatus.UNSPECIFIED },
    { orderId: "held", status: ReservationStatus.RESERVED, expiresAt },
    { orderId: "given-back", status: ReservationStatus.RELEASED },
  ]);
  expect((await client.getReservations({})).reservations).toEqual([]);
  const tooMany = client.getReservations({ orderIds: many(501, String) }).catch(ConnectError.from);
  expect(await tooMany).toMatchObject({ code: Code.InvalidArgument });
});

it.each([
  ["reservations", { reservations: [] }],
  ["reservations", { reservations: many(501, (index) => order(`order-${index}`, tea(1))) }],
  ["reservations[0].orderId", { reservations: [order("", tea(1))] }],
  ["reservations[0].orderId", { reservations: [order("a b", tea(1))] }],
  ["reservations[0].orderId", { reservations: [order("x".repeat(65), tea(1))] }],
  ["reservations[0].lines", { reservations: [order("o")] }],
  [
    "reservations[0].lines",
    { reservations: [order("o", ...many(51, (index) => ({ productId: `p${index}`, quantity: 1 })))] },
  ],
  ["reservations[0].lines[0].quantity", { reservations: [order("o", tea(0))] }],
  ["reservations[0].lines[0].quantity", { reservations: [order("o", tea(-1))] }],
  ["reservations[0].lines[0].quantity", { reservations: [order("o", tea(100))] }],
  ["reservations[0].lines[0].productId", { reservations: [order("o", { productId: "té", quantity: 1 })] }],
  ["reservations[1].lines[1].productId", { reservations: [order("o", tea(1)), order("p", tea(1), tea(1))] }],
  ["reservations[0].ttlSeconds", { reservations: [{ ...order("o", tea(1)), ttlSeconds: 0 }] }],
])("refuses a batch with a wrong %s and reserves nothing", async (field, request) => {
  const { client, stock } = given();
  const error = await client.reserveItems(request).catch(ConnectError.from);
  expect(error).toMatchObject({ code: Code.InvalidArgument });
  expect(error).toHaveProperty("rawMessage", expect.stringContaining(` ${field}: `));
  expect(await ledgerOf(stock)).toMatchObject({ tea: [10, 0, 0], cake: [1, 0, 0] });
});

it("reserves nothing for a caller whose time was over before", async () => {
  const slowly: PriceList = {
    pricesOf: async () => {
      await new Promise((resolve) => setTimeout(resolve, 900));
      return new Map();
    },
  };
  const { client, stock } = given(undefined, slowly);
  const reserve = vi.spyOn(stock, "reserve");
  const late = client.reserveItems({ reservations: [order("o", tea(1))] }, { timeoutMs: 300 });
  expect(await late.catch(ConnectError.from)).toMatchObject({ code: Code.DeadlineExceeded });
  await vi.waitFor(() => expect(reserve).toHaveBeenCalledOnce());
  await expect(reserve.mock.results[0]?.value).rejects.toMatchObject({ kind: "unavailable" });
  expect(await ledgerOf(stock)).toMatchObject({ tea: [10, 0, 0] });
});

it("shows nothing of what went wrong inside", async () => {
  const broken = { ...memoryStock(), products: () => Promise.reject(new Error("password=hunter2")) };
  const error = await given(broken).client.getItems({}).catch(ConnectError.from);
  expect(error).toMatchObject({ code: Code.Internal, rawMessage: "internal error" });
});

it("counts what became of reservations, and shows where the units are", async () => {
  const { client, metrics } = given();
  await client.reserveItems({
    reservations: [
      order("o", tea(2)),
      order("o", tea(2)),
      order("p", tea(99)),
      order("q", { productId: "nothing", quantity: 1 }),
    ],
  });
  await client.commitReservation({ orderId: "o" });
  await client.commitReservation({ orderId: "o" });
  const text = await metrics.registry.metrics();
  for (const outcome of ["reserved", "repeated", "out_of_stock", "unknown_product", "committed"]) {
    expect(text).toContain(`gorder_reservations_total{outcome="${outcome}",service="stock"} 1`);
  }
  expect(text).toContain('gorder_stock_units{product="tea",state="available",service="stock"} 8');
  expect(text).toContain('gorder_stock_units{product="tea",state="sold",service="stock"} 2');
});
