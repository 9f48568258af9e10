import { randomBytes } from "node:crypto";
import type { Pool } from "mysql2/promise";
import { onTestFinished } from "vitest";
import type { Product } from "../../domain/product.ts";
import { openPool, run, withConnection } from "./database.ts";
import { migrate } from "./migrations.ts";
import { mysqlStock } from "./stock.ts";

/** A database of its own for one test: its address. It is gone when the test is over. */
export async function temporaryDatabase(server: string): Promise<string> {
  const name = `stock_test_${randomBytes(6).toString("hex")}`;
  const admin = openPool(server, 1);
  await withConnection(admin, (connection) => run(connection, `CREATE DATABASE ${name}`));
  onTestFinished(async () => {
    await withConnection(admin, (connection) => run(connection, `DROP DATABASE ${name}`));
    await admin.end();
  });
  const address = new URL(server);
  address.pathname = `/${name}`;
  return address.href;
}

/** A pool that ends with the test. */
export function temporaryPool(address: string, size = 16): Pool {
  const pool = openPool(address, size);
  onTestFinished(() => pool.end());
  return pool;
}

/** Stock with only these products, as so many replicas see it. */
export async function temporaryReplicas(server: string, menu: readonly Product[], replicas: number) {
  const address = await temporaryDatabase(server);
  const pools = Array.from({ length: replicas }, () => temporaryPool(address));
  await Promise.all(pools.map(migrate));
  const stocks = pools.map((pool) => mysqlStock(pool));
  await stocks[0]?.add(menu);
  return { address, stocks, at: (index: number) => stocks[index % replicas] ?? mysqlStock(temporaryPool(address)) };
}
