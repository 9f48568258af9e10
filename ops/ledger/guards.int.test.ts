import { expect, inject, it, onTestFinished, vi } from "vitest";
import { run, select, withConnection } from "../../services/stock/adapters/mysql/database.ts";
import { temporaryPool, temporaryReplicas } from "../../services/stock/adapters/mysql/testing.ts";
import { anOrder, aProduct, noPrices } from "../../services/stock/testing.ts";
import { readStock } from "./databases.ts";
import { stockFaults } from "./stockFaults.ts";

/** Two replicas reserve one order at once, both before either has written, and it is sold. @returns what the ledger says. */
async function faultsAfterTwins(prepare: string): Promise<string[]> {
  const { address, at } = await temporaryReplicas(inject("stack").mysqlUrl, [aProduct("tea", { available: 20 })], 2);
  const pool = temporaryPool(address);
  const other = await pool.getConnection();
  await run(other, prepare);
  await run(other, "START TRANSACTION");
  await run(other, "SELECT id FROM products FOR UPDATE");
  const order = anOrder({ tea: 2 });
  const reserving = [at(0), at(1)].map((replica) => replica.reserve([order], noPrices));
  const sql = `SELECT COUNT(*) AS waiting FROM information_schema.innodb_trx t
    JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
    WHERE t.trx_state = 'LOCK WAIT' AND p.db = DATABASE()`;
  const waiting = () => withConnection(pool, (connection) => select<{ waiting: number }>(connection, sql));
  // The server shows new rows only to those who have not asked within the last 100 ms.
  await vi.waitFor(async () => expect(await waiting()).toEqual([{ waiting: 2 }]), { interval: 150 });
  await run(other, "COMMIT");
  await Promise.all(reserving);
  // As stock does, which demands the key by its name.
  await run(other, "UPDATE reservations SET status = 'committed' WHERE order_id = ?", [order.orderId]);
  await run(other, "UPDATE products SET reserved = reserved - 2, sold = sold + 2 WHERE id = 'tea'");
  other.release();

  const stock = readStock(address);
  onTestFinished(() => stock.close());
  return stockFaults({ products: await stock.products(), reservations: await stock.reservations() });
}

it("the unique key of reservations holds, and where it is gone the ledger says so", async () => {
  expect(await faultsAfterTwins("DO 0")).toEqual([]);
  const faults = await faultsAfterTwins("ALTER TABLE reservations DROP PRIMARY KEY");
  expect(faults).toContain("product tea: 2 units are reserved, but 0 by its reservations");
});
