import { expect, inject, it } from "vitest";
import { run, select, withConnection } from "./database.ts";
import { migrate } from "./migrations.ts";
import { temporaryDatabase, temporaryPool, temporaryReplicas } from "./testing.ts";

const server = inject("stack").mysqlUrl;

it("replicas that start at the same time migrate once", async () => {
  const address = await temporaryDatabase(server);
  const pools = Array.from({ length: 5 }, () => temporaryPool(address, 1));
  await Promise.all(pools.map(migrate));
  await Promise.all(pools.map(migrate));
  const [pool] = pools;
  const applied =
    pool && (await withConnection(pool, (on) => select<{ version: number }>(on, "SELECT version FROM migrations")));
  expect(applied?.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
});

it("a product remembers what it began with, also one that was there before anybody remembered", async () => {
  const { address } = await temporaryReplicas(server, [], 1);
  const pool = temporaryPool(address, 1);
  const sql = (statement: string) => withConnection(pool, (on) => run(on, statement));
  const insert = (id: string) =>
    sql(`INSERT INTO products
      (id, position, name, description, category, emoji, price_amount, price_currency, stripe_price_id, available, reserved, sold)
      VALUES ('${id}', 0, '', '', '', '', 1, 'eur', '', 5, 3, 2)`);
  await sql("ALTER TABLE products DROP COLUMN initial");
  await insert("old");
  await sql("DELETE FROM migrations WHERE version >= 4");
  await migrate(pool);
  await insert("new");
  await sql("UPDATE products SET available = available - 1, reserved = reserved + 1");
  const products = await withConnection(pool, (on) => select(on, "SELECT id, initial FROM products ORDER BY id"));
  expect(products).toEqual([
    { id: "new", initial: 10 },
    { id: "old", initial: 10 },
  ]);
});

it("a migration that ran and was not noted runs again without harm", async () => {
  const { address } = await temporaryReplicas(server, [], 1);
  const pool = temporaryPool(address, 1);
  await withConnection(pool, (on) => run(on, "DELETE FROM migrations"));
  await migrate(pool);
  expect(await withConnection(pool, (on) => select(on, "SELECT version FROM migrations"))).toHaveLength(13);
});

it.each(["available", "reserved", "sold"])("the table itself refuses a negative number of units %s", async (pile) => {
  const { address } = await temporaryReplicas(server, [], 1);
  const insert = `INSERT INTO products
    (id, position, name, description, category, emoji, price_amount, price_currency, stripe_price_id, available, reserved, sold)
    VALUES ('tea', 0, 'tea', '', 'drinks', '', 1, 'eur', '', 0, 0, 0)`;
  const pool = temporaryPool(address, 1);
  await withConnection(pool, (on) => run(on, insert));
  await expect(withConnection(pool, (on) => run(on, `UPDATE products SET ${pile} = -1`))).rejects.toThrow(
    /constraint/i,
  );
});
