import { expect, inject, it } from "vitest";
import { connected, run, select } from "./database.ts";
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
    pool && (await connected(pool, (on) => select<{ version: number }>(on, "SELECT version FROM migrations")));
  expect(applied?.map(({ version }) => version)).toEqual([1, 2]);
});

it.each(["available", "reserved", "sold"])("the table itself refuses a negative number of units %s", async (pile) => {
  const { address } = await temporaryReplicas(server, [], 1);
  const insert = `INSERT INTO products
    (id, position, name, description, category, emoji, price_amount, price_currency, stripe_price_id, available, reserved, sold)
    VALUES ('tea', 0, 'tea', '', 'drinks', '', 1, 'eur', '', 0, 0, 0)`;
  const pool = temporaryPool(address, 1);
  await connected(pool, (on) => run(on, insert));
  await expect(connected(pool, (on) => run(on, `UPDATE products SET ${pile} = -1`))).rejects.toThrow(/constraint/i);
});
