import { setTimeout as delay } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { createPool, type RowDataPacket } from "mysql2/promise";
import type { Status } from "../../services/order/domain/status.ts";
import type { Target } from "./target.ts";

/** What stock's database says: reservations by status, and what products hold in all. */
export type Books = {
  readonly reservations: Readonly<Record<string, number>>;
  readonly products: readonly { id: string; available: number; reserved: number; sold: number }[];
};

type Document = { _id: string; customerId: string; status: Status };

/** Reads the books of a stack, past its services. */
export function openBooks({ mongodbUrl, mysqlUrl }: Target, productIds: readonly string[]) {
  const mongo = new MongoClient(mongodbUrl);
  const orders = mongo.db("gorder").collection<Document>("orders");
  const mysql = createPool({ uri: mysqlUrl, connectionLimit: 1 });

  async function rows<R>(sql: string, values: readonly unknown[] = []): Promise<R[]> {
    const [found] = await mysql.query<RowDataPacket[]>(sql, [...values]);
    return found as R[];
  }
  async function any(statuses: readonly Status[]): Promise<Status[]> {
    const found: Status[] = [];
    // One document of each and no counting: FerretDB needs 0.2 ms of CPU for every document that it counts.
    for (const status of statuses) if (await orders.findOne({ status }, { projection: { _id: 1 } })) found.push(status);
    return found;
  }

  return {
    any,

    async read(): Promise<Books> {
      const counts = await rows<{ status: string; n: number }>(
        "SELECT status, COUNT(*) AS n FROM reservations GROUP BY status",
      );
      return {
        reservations: Object.fromEntries(counts.map(({ status, n }) => [status, Number(n)])),
        products: await rows("SELECT id, available, reserved, sold FROM products WHERE id IN (?)", [productIds]),
      };
    },

    /** How many orders these customers have, in all or with one status. */
    async ordersOf(customerIds: readonly string[], status?: Status): Promise<number> {
      let count = 0;
      for (const customerId of customerIds)
        count += await orders.countDocuments({ customerId, ...(status && { status }) });
      return count;
    },

    /** Waits until no order has one of these statuses. @returns the ones that some still have when patience ends. */
    async quiet(busy: readonly Status[], patienceMs: number): Promise<Status[]> {
      const deadline = Date.now() + patienceMs;
      for (;;) {
        const left = await any(busy);
        if (left.length === 0 || Date.now() > deadline) return left;
        await delay(500);
      }
    },

    async close(): Promise<void> {
      await mysql.end();
      await mongo.close();
    },
  };
}

export type OpenBooks = ReturnType<typeof openBooks>;

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** What an audit looks at: what the customers were told, what orders they have, and stock's books before and after. */
export type Evidence = { accepted: number; failed: number; orders: number; before: Books; after: Books };

/**
 * Everything that does not add up, in words; nothing when all is well. An attempt that failed may have left an order or
 * a reservation that its customer was not told of, never the other way round.
 */
export function audit({ accepted, failed, orders, before, after }: Evidence): string[] {
  const reservations = total(after.reservations) - total(before.reservations);
  const findings: string[] = [];
  if (orders < accepted) findings.push(`${accepted - orders} accepted orders are not in MongoDB`);
  if (orders > accepted + failed) findings.push(`${orders - accepted - failed} orders that nobody asked for`);
  if (reservations < orders) findings.push(`${orders - reservations} orders hold nothing in stock`);
  if (reservations > accepted + failed) findings.push(`${reservations - accepted - failed} reservations too many`);
  for (const product of after.products) findings.push(...imbalances(product, before, after));
  return findings;
}

/** Every order takes one unit of each product, so that the piles change as the reservations do. */
function imbalances({ id, ...piles }: Books["products"][number], before: Books, after: Books): string[] {
  const first = before.products.find((one) => one.id === id) ?? { available: 0, reserved: 0, sold: 0 };
  const had = first.available + first.reserved + first.sold;
  const has = piles.available + piles.reserved + piles.sold;
  const findings: string[] = [];
  if (Object.values(piles).some((units) => units < 0)) findings.push(`${id}: a pile is below zero`);
  if (has !== had) findings.push(`${id}: ${has} units, were ${had}`);
  for (const [pile, status] of [
    ["reserved", "reserved"],
    ["sold", "committed"],
  ] as const) {
    const units = piles[pile] - first[pile];
    const orders = (after.reservations[status] ?? 0) - (before.reservations[status] ?? 0);
    if (units !== orders) findings.push(`${id}: ${units} more units ${pile}, but ${orders} more orders ${status}`);
  }
  return findings;
}
