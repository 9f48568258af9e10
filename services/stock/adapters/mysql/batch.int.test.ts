import type { Pool } from "mysql2/promise";
import { expect, inject, it } from "vitest";
import { isKind } from "#common/errors";
import { commit, release } from "../../domain/reservation.ts";
import { anOrder, aProduct, ledgerOf, noPrices } from "../../testing.ts";
import { batchContract } from "../batch.suite.ts";
import { run, select, withConnection } from "./database.ts";
import { mysqlStock } from "./stock.ts";
import { temporaryPool, temporaryReplicas } from "./testing.ts";

const server = inject("stack").mysqlUrl;
const menu = [aProduct("cake", { available: 1_000 }), aProduct("tea", { available: 1_000 })];

batchContract("MySQL", async (products) => (await temporaryReplicas(server, products, 1)).at(0));

/** How many statements the one connection of a pool has sent while the work was done. */
async function statementsOf(pool: Pool, work: () => Promise<unknown>): Promise<number> {
  const asked = async () => {
    const sql = "SHOW SESSION STATUS LIKE 'Questions'";
    const [row] = await withConnection(pool, (connection) => select<{ Value: string }>(connection, sql));
    return Number(row?.Value);
  };
  const before = await asked();
  await work();
  return (await asked()) - before - 1;
}

it.each([
  { orders: 1, most: 5 },
  { orders: 50, most: 5 },
])("$orders at once are sold, or released, with $most statements", async ({ orders, most }) => {
  const { address } = await temporaryReplicas(server, menu, 1);
  const pool = temporaryPool(address, 1);
  const stock = mysqlStock(pool);
  const batch = (count: number) => Array.from({ length: count }, () => anOrder({ cake: 1, tea: 2 }));
  const [sold, free] = [batch(orders), batch(orders)];
  await stock.reserve([...sold, ...free], noPrices);
  const ids = (requests: typeof sold) => requests.map(({ orderId }) => orderId);
  expect(await statementsOf(pool, () => stock.updateMany(ids(sold), commit))).toBe(most);
  expect(await statementsOf(pool, () => stock.updateMany(ids(free), release))).toBe(most);
  expect(await ledgerOf(stock)).toEqual({
    cake: [1_000 - orders, 0, orders],
    tea: [1_000 - 2 * orders, 0, 2 * orders],
  });
});

it("a reservation whose units are not where they should be is refused alone, for ever, and its neighbours are sold", async () => {
  const { address, at } = await temporaryReplicas(server, [...menu, aProduct("soup")], 1);
  const [good, bad, better] = [anOrder({ tea: 1 }), anOrder({ soup: 1, cake: 1 }), anOrder({ cake: 1 })];
  await at(0).reserve([good, bad, better], noPrices);
  await withConnection(temporaryPool(address, 1), (on) =>
    run(on, "UPDATE products SET reserved = 0, available = 10 WHERE id = 'soup'"),
  );
  const ids = [good, bad, better].map(({ orderId }) => orderId);
  const answers = await at(0).updateMany(ids, commit);
  expect(answers).toMatchObject([
    { value: { changed: true } },
    { reason: { message: "only 1 of 2 products had enough units reserved" } },
    { value: { changed: true } },
  ]);
  expect(await ledgerOf(at(0))).toEqual({ cake: [998, 1, 1], tea: [999, 0, 1], soup: [10, 0, 0] });
});

it.each([
  { orders: 1, most: 5 },
  { orders: 50, most: 5 },
])("$orders new at once are reserved with $most statements", async ({ orders, most }) => {
  const { address } = await temporaryReplicas(server, menu, 1);
  const pool = temporaryPool(address, 1);
  const stock = mysqlStock(pool);
  const batch = Array.from({ length: orders }, () => anOrder({ cake: 1, tea: 2 }));
  expect(await statementsOf(pool, () => stock.reserve(batch, noPrices))).toBe(most);
  expect(await ledgerOf(stock)).toMatchObject({ cake: [1_000 - orders, orders, 0] });
});

it("a caller who leaves while the products are locked by somebody else gets nothing, also when the lock is let go", async () => {
  const { address, at } = await temporaryReplicas(server, menu, 1);
  const other = await temporaryPool(address, 1).getConnection();
  await run(other, "START TRANSACTION");
  await run(other, "SELECT * FROM products FOR UPDATE");
  const caller = new AbortController();
  const reserving = at(0).reserve([anOrder({ tea: 1 })], noPrices, caller.signal);
  setTimeout(async () => {
    caller.abort();
    await run(other, "ROLLBACK");
  }, 100);
  await expect(reserving).rejects.toSatisfy((error) => isKind(error, "unavailable"));
  expect(await ledgerOf(at(0))).toMatchObject({ tea: [1_000, 0, 0] });
});

it("orders that hold a deleted product come to their end with what is left, alone and in a batch", async () => {
  const { address, at } = await temporaryReplicas(server, menu, 1);
  const orders = [0, 1, 2, 3].map(() => anOrder({ cake: 1, tea: 1 }));
  await at(0).reserve(orders, noPrices);
  const [sold = "", free = "", ...both] = orders.map(({ orderId }) => orderId);
  await withConnection(temporaryPool(address, 1), (on) => run(on, "DELETE FROM products WHERE id = 'cake'"));
  expect(await at(0).update(sold, commit)).toMatchObject({ reservation: { status: "committed" } });
  expect(await at(0).update(free, release)).toMatchObject({ reservation: { status: "released" } });
  expect(await at(0).updateMany(both, commit)).toMatchObject([
    { value: { changed: true } },
    { value: { changed: true } },
  ]);
  expect(await ledgerOf(at(0))).toEqual({ tea: [997, 0, 3] });
  await expect(at(0).update(free, commit)).rejects.toSatisfy((error) => isKind(error, "conflict"));
});

it("a row that somebody keeps locked makes all of a batch unavailable, and changes nothing", async () => {
  const { address, at } = await temporaryReplicas(server, menu, 1);
  const orders = [anOrder({ tea: 1 }), anOrder({ tea: 1 })];
  await at(0).reserve(orders, noPrices);
  const ids = orders.map(({ orderId }) => orderId);
  const other = await temporaryPool(address, 1).getConnection();
  await run(other, "START TRANSACTION");
  await run(other, "SELECT * FROM reservations WHERE order_id = ? FOR UPDATE", [ids[1] ?? ""]);
  await expect(at(0).updateMany(ids, commit)).rejects.toSatisfy((error) => isKind(error, "unavailable"));
  await run(other, "ROLLBACK");
  expect(await ledgerOf(at(0))).toMatchObject({ tea: [998, 2, 0] });
});
