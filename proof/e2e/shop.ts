import { randomBytes } from "node:crypto";
import mysql, { type Connection, type RowDataPacket } from "mysql2/promise";
import { inject, onTestFinished } from "vitest";
import { type Answer, Guest as HttpGuest, type Item } from "../../ops/demo/guest.ts";

/** A connection to the stack's MySQL that ends with the test. */
export async function mysqlConnection(): Promise<Connection> {
  const connection = await mysql.createConnection(inject("stack").mysqlUrl);
  onTestFinished(() => connection.end());
  return connection;
}

/** Products of this test's own, at 2.50 EUR. @returns their ids, in the order of the units. */
export async function newProducts(...units: readonly number[]): Promise<string[]> {
  const connection = await mysqlConnection();
  const ids = units.map(() => `test-${randomBytes(6).toString("hex")}`);
  for (const [index, id] of ids.entries()) {
    await connection.execute(
      `INSERT INTO products (id, position, name, description, category, emoji, price_amount, price_currency,
        stripe_price_id, available) VALUES (?, 100000, ?, 'for a test', 'Tests', '', 250, 'eur', '', ?)`,
      [id, id, units[index] ?? 0],
    );
  }
  return ids;
}

/** The rows of a query. */
export async function rows(
  connection: Connection,
  sql: string,
  values: (string | string[])[],
): Promise<RowDataPacket[]> {
  return (await connection.query<RowDataPacket[]>(sql, values))[0];
}

/** A new guest at the stack's order service. */
export async function newGuest() {
  const guest = await HttpGuest.arrive(inject("stack").apps.order.url);
  const { customerId, token, path } = guest;
  return {
    ...{ customerId, token, path },
    get: (tail = "") => guest.ask("GET", tail),
    post: (tail: string) => guest.ask("POST", tail),
    order: (items: readonly Item[], key?: string) => guest.tryOrder(items, key),
  };
}

/** A guest with a session of their own. */
export type Guest = Awaited<ReturnType<typeof newGuest>>;

/** So many guests. */
export function newGuests(count: number): Promise<Guest[]> {
  return Promise.all(Array.from({ length: count }, newGuest));
}

/** How many answers there were of each status. */
export function tally(answers: readonly Answer[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
