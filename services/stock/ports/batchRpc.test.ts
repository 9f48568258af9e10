import { Code, ConnectError } from "@connectrpc/connect";
import { expect, it } from "vitest";
import { memoryStock } from "../adapters/memory/stock.ts";
import { aProduct, ledgerOf } from "../testing.ts";
import { given, many, order, tea } from "./testing.ts";

it("commits and releases many at once, each with an answer of its own in the order of the question", async () => {
  const { client, stock, metrics } = given();
  await client.reserveItems({ reservations: [order("a", tea(1)), order("b", tea(2)), order("c", tea(3))] });
  const sold = await client.commitReservations({ orderIds: ["b", "never-reserved", "a", "b"] });
  expect(sold.results).toMatchObject([
    { id: "b" },
    { id: "never-reserved", refusal: { code: Code.NotFound, message: "The order has no reservation" } },
    { id: "a" },
    { id: "b" },
  ]);
  const freed = await client.releaseReservations({ orderIds: ["c", "a", "never-reserved", "c"] });
  expect(freed.results.map(({ id, refusal }) => [id, refusal?.code])).toEqual([
    ["c", undefined],
    ["a", Code.FailedPrecondition],
    ["never-reserved", undefined],
    ["c", undefined],
  ]);
  expect(await ledgerOf(stock)).toMatchObject({ tea: [7, 0, 3] });
  expect(await metrics.registry.metrics()).toContain(
    'gorder_reservations_total{outcome="committed",service="stock"} 2',
  );
});

it("releases once what was sold and called off, and of its neighbours only what is held", async () => {
  const { client, stock } = given();
  await client.reserveItems({ reservations: [order("a", tea(1)), order("b", tea(2)), order("c", tea(3))] });
  await client.commitReservations({ orderIds: ["a", "b"] });
  for (let repeats = 0; repeats < 2; repeats++) {
    const { results } = await client.releaseReservations({
      orderIds: ["a", "b", "c", "none"],
      evenSold: ["a", "none"],
    });
    expect(results.map(({ id, refusal }) => [id, refusal?.code])).toEqual([
      ["a", undefined],
      ["b", Code.FailedPrecondition],
      ["c", undefined],
      ["none", undefined],
    ]);
    expect(await ledgerOf(stock)).toMatchObject({ tea: [8, 0, 2] });
  }
});

it("answers an item that fails unexpectedly with an internal error, and its neighbours as ever", async () => {
  const stock = memoryStock([aProduct("tea")]);
  const failed = { status: "rejected", reason: new Error("password=hunter2") } as const;
  const broken = { ...stock, updateMany: async () => [failed, { status: "fulfilled", value: undefined }] as const };
  const { results } = await given(broken).client.releaseReservations({ orderIds: ["a", "b"] });
  expect(results).toMatchObject([
    { id: "a", refusal: { code: Code.Internal, message: "internal error" } },
    { id: "b" },
  ]);
});

it.each([
  ["none", []],
  ["more than 500", many(501, String)],
  ["an unreadable id", ["a", "b c"]],
])("refuses a batch of %s, and changes nothing", async (_, orderIds) => {
  const { client, stock } = given();
  await client.reserveItems({ reservations: [order("a", tea(1))] });
  for (const call of [client.commitReservations, client.releaseReservations])
    expect(await call({ orderIds }).catch(ConnectError.from)).toMatchObject({ code: Code.InvalidArgument });
  expect(await ledgerOf(stock)).toMatchObject({ tea: [9, 1, 0] });
});
