import { expect, inject, it, vi } from "vitest";
import { isKind } from "#common/errors";
import { commit } from "../../domain/reservation.ts";
import { anOrder, aProduct, ledgerOf, noPrices } from "../../testing.ts";
import { cuttingFirstCommit } from "./commitCut.ts";
import { openPool, run, select, withConnection } from "./database.ts";
import { mysqlStock } from "./stock.ts";
import { temporaryPool, temporaryReplicas } from "./testing.ts";

const server = inject("stack").mysqlUrl;
const menu = [aProduct("cake"), aProduct("tea")];

it.each([
  { at: "the commit" as const, stored: [10, 0, 0] },
  { at: "its answer" as const, stored: [8, 2, 0] },
])("a connection lost at $at is an error, and the repeat reserves once", async ({ at, stored }) => {
  const { address, stocks } = await temporaryReplicas(server, menu, 1);
  const stock = mysqlStock(temporaryPool(await cuttingFirstCommit(address, at)));
  const batch = [anOrder({ tea: 2 }), anOrder({ tea: 99 })];
  await expect(stock.reserve(batch, noPrices)).rejects.toSatisfy((error) => isKind(error, "unavailable"));
  expect(await ledgerOf(stocks[0] ?? stock)).toMatchObject({ tea: stored });
  const results = await stock.reserve(batch, noPrices);
  expect(results.map(({ outcome }) => outcome)).toEqual(["reserved", "rejected"]);
  expect(await ledgerOf(stock)).toMatchObject({ tea: [8, 2, 0] });
});

it("a connection lost at a commit of units sold is an error, and the repeat sells them once", async () => {
  const { address, at } = await temporaryReplicas(server, menu, 1);
  const order = anOrder({ tea: 2 });
  await at(0).reserve([order], noPrices);
  const stock = mysqlStock(temporaryPool(await cuttingFirstCommit(address, "its answer")));
  await expect(stock.update(order.orderId, commit)).rejects.toSatisfy((error) => isKind(error, "unavailable"));
  expect(await stock.update(order.orderId, commit)).toMatchObject({ changed: false });
  expect(await ledgerOf(stock)).toMatchObject({ tea: [8, 0, 2] });
});

it("a deadlock that ends our transaction is tried again, and nobody notices", async () => {
  const { address, at } = await temporaryReplicas(server, menu, 1);
  const other = await temporaryPool(address, 1).getConnection();
  await run(other, "START TRANSACTION");
  // It has written more than we, so it is ours that the server ends.
  await run(other, "INSERT INTO migrations (version) VALUES ?", [
    Array.from({ length: 50 }, (_, index) => [1_000 + index]),
  ]);
  await run(other, "UPDATE products SET name = 'Tea' WHERE id = 'tea'");
  const reserving = at(0).reserve([anOrder({ cake: 1, tea: 1 })], noPrices);
  await somebodyWaits(address);
  await run(other, "UPDATE products SET name = 'Cake' WHERE id = 'cake'");
  await run(other, "COMMIT");
  expect(await reserving).toMatchObject([
    { outcome: "reserved", reservation: { lines: [{ name: "Cake" }, { name: "Tea" }] } },
  ]);
  expect(await ledgerOf(at(0))).toEqual({ cake: [9, 1, 0], tea: [9, 1, 0] });
});

it("a lock that is never let go ends in a clear refusal, and reserves nothing", async () => {
  const { address, at } = await temporaryReplicas(server, menu, 1);
  const other = await temporaryPool(address, 1).getConnection();
  await run(other, "START TRANSACTION");
  await run(other, "UPDATE products SET name = 'Tea' WHERE id = 'tea'");
  await expect(at(0).reserve([anOrder({ tea: 1 })], noPrices)).rejects.toSatisfy((error) =>
    isKind(error, "unavailable"),
  );
  await run(other, "ROLLBACK");
  expect(await ledgerOf(at(0))).toMatchObject({ tea: [10, 0, 0] });
});

it("a server that is away is unavailable, and found again without a restart", async () => {
  const { address, at } = await temporaryReplicas(server, menu, 1);
  await at(0).products();
  const admin = temporaryPool(address, 1);
  const sessions = "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()";
  await withConnection(admin, async (connection) => {
    for (const { id } of await select<{ id: number }>(connection, sessions)) await run(connection, "KILL ?", [id]);
  });
  // A killed connection may be noticed by its next borrower only.
  await vi.waitFor(async () => expect(await at(0).products()).toHaveLength(2));
  const nowhere = openPool("mysql://nobody@127.0.0.1:1/nothing", 1);
  await expect(mysqlStock(nowhere).products()).rejects.toSatisfy((error) => isKind(error, "unavailable"));
  await nowhere.end();
});

it("a statement that stays silent is given up, and its connection with it", async () => {
  const { address } = await temporaryReplicas(server, [], 1);
  const pool = temporaryPool(address, 1);
  const own = () =>
    withConnection(pool, (connection) => select<{ id: number }>(connection, "SELECT CONNECTION_ID() AS id"));
  const [before] = await own();
  const silent = withConnection(pool, (connection) => select(connection, "SELECT SLEEP(3)", [], 50));
  await expect(silent).rejects.toMatchObject({ code: "PROTOCOL_SEQUENCE_TIMEOUT" });
  const [after] = await own();
  expect(after?.id).not.toBe(before?.id);
});

async function somebodyWaits(address: string): Promise<void> {
  const sql = `SELECT COUNT(*) AS waiting FROM information_schema.innodb_trx t
    JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
    WHERE t.trx_state = 'LOCK WAIT' AND p.db = DATABASE()`;
  const pool = temporaryPool(address, 1);
  const waits = async () => {
    const [row] = await withConnection(pool, (connection) => select<{ waiting: number }>(connection, sql));
    expect(row?.waiting).toBeGreaterThan(0);
  };
  // The server shows new rows only to those who have not asked within the last 100 ms.
  await vi.waitFor(waits, { interval: 150 });
}
