import { MongoClient } from "mongodb";
import { inject, onTestFinished, vi } from "vitest";
import { mysqlConnection, rows } from "./shop.ts";

type Piles = { available: number; reserved: number; sold: number };
type OrderRow = {
  _id: string;
  status: string;
  history: { status: string }[];
  lines: { productId: string; quantity: number }[];
};
type Reservation = { order_id: string; status: string; lines: { productId: string; quantity: number }[] };

/** The orders that the stack's MongoDB holds, by id. */
export async function storedOrders(ids: readonly string[]): Promise<Map<string, OrderRow>> {
  const client = new MongoClient(inject("stack").mongodbUrl);
  onTestFinished(() => client.close());
  const orders = client.db("gorder").collection<OrderRow>("orders");
  const found = await orders.find({ _id: { $in: [...ids] } }).toArray();
  return new Map(found.map((order) => [order._id, order]));
}

/** What a reservation must be for an order in this status. Released ones may be a moment behind their order. */
const reservationFor: Record<string, string> = {
  pending: "reserved",
  waiting_for_payment: "reserved",
  paid: "committed",
  ready: "committed",
  cancelled: "released",
};

async function reservationsOf(productIds: readonly string[]): Promise<Reservation[]> {
  const connection = await mysqlConnection();
  const like = productIds.map(() => "`lines` LIKE ?").join(" OR ");
  const sql = `SELECT order_id, status, \`lines\` FROM reservations WHERE ${like}`;
  const found = await rows(
    connection,
    sql,
    productIds.map((id) => `%"${id}"%`),
  );
  return found.map(({ order_id, status, lines }) => ({
    order_id,
    status,
    lines: typeof lines === "string" ? JSON.parse(lines) : lines,
  }));
}

/**
 * Closes the books on products: every unit is in one pile, the piles are what the reservations say, and every
 * reservation belongs to an order whose status it fits. Waits for what is still under way.
 * @param initial the units that each product began with.
 * @param timeout how long it may take until all is settled, in milliseconds.
 * @returns the piles by product.
 */
export async function demandBalance(
  initial: Readonly<Record<string, number>>,
  timeout = 20_000,
): Promise<Record<string, Piles>> {
  const ids = Object.keys(initial);
  const connection = await mysqlConnection();
  let piles: Record<string, Piles> = {};
  const look = async () => {
    const products = await rows(connection, "SELECT id, available, reserved, sold FROM products WHERE id IN (?)", [
      ids,
    ]);
    piles = Object.fromEntries(
      products.map(({ id, available, reserved, sold }) => [id, { available, reserved, sold }]),
    );
    const reservations = await reservationsOf(ids);
    const orders = await storedOrders(reservations.map(({ order_id }) => order_id));
    const units = (id: string, status: string) =>
      reservations
        .filter((one) => one.status === status)
        .flatMap(({ lines }) => lines)
        .reduce((sum, { productId, quantity }) => sum + (productId === id ? quantity : 0), 0);
    const faults = ids.flatMap((id) => {
      const { available = -1, reserved = -1, sold = -1 } = piles[id] ?? {};
      const right =
        Math.min(available, reserved, sold) >= 0 &&
        available + reserved + sold === initial[id] &&
        reserved === units(id, "reserved") &&
        sold === units(id, "committed");
      return right
        ? []
        : [
            `${id}: ${available} + ${reserved} + ${sold} of ${initial[id]}, ${units(id, "reserved")} reserved and ${units(id, "committed")} sold by reservations`,
          ];
    });
    for (const { order_id, status } of reservations) {
      const order = orders.get(order_id);
      const wanted = order ? reservationFor[order.status] : "an order";
      if (wanted !== status)
        faults.push(`order ${order_id} (${order?.status}): its reservation is ${status}, not ${wanted}`);
    }
    if (faults.length > 0) throw new Error(`The books do not close:\n${faults.join("\n")}`);
  };
  await vi.waitFor(look, { timeout, interval: 250 });
  return piles;
}
