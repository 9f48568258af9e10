import { setTimeout as delay } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { inject, onTestFinished } from "vitest";
import type { Order, Product, Reservation } from "../tools/ledger/books.ts";
import { orderFaults } from "../tools/ledger/orderFaults.ts";
import { stockFaults } from "../tools/ledger/stockFaults.ts";
import { mysqlConnection, rows } from "./shop.ts";

type OrderDocument = Omit<Order, "id"> & { _id: string };

/** After every deadline: whatever is still reserved has its order by now. */
const endOfTime = new Date(8.64e15);

/** The orders that the stack's MongoDB holds, by id. */
export async function storedOrders(ids: readonly string[]): Promise<Map<string, Order>> {
  const client = new MongoClient(inject("stack").mongodbUrl);
  onTestFinished(() => client.close());
  const orders = client.db("gorder").collection<OrderDocument>("orders");
  const found = await orders.find({ _id: { $in: [...ids] } }).toArray();
  return new Map(found.map(({ _id: id, ...order }) => [id, { id, ...order }]));
}

async function reservationsOf(productIds: readonly string[]): Promise<Reservation[]> {
  const connection = await mysqlConnection();
  const like = productIds.map(() => "`lines` LIKE ?").join(" OR ");
  const sql = `SELECT order_id, status, \`lines\`, expires_at FROM reservations WHERE ${like}`;
  const found = await rows(
    connection,
    sql,
    productIds.map((id) => `%"${id}"%`),
  );
  return found.map(({ order_id: orderId, status, lines, expires_at: expiresAt }) => ({
    orderId,
    status,
    lines: typeof lines === "string" ? JSON.parse(lines) : lines,
    expiresAt,
  }));
}

/**
 * Closes the books on products: every unit is in one pile, the piles are what the reservations say, and every
 * reservation belongs to an order whose status it fits. Waits for what is still under way, and looks at least once.
 * @param initial the units that each product began with.
 * @param timeout how long it may take until all is settled, in milliseconds.
 * @returns the piles by product.
 */
export async function demandBalance(
  initial: Readonly<Record<string, number>>,
  timeout = 60_000,
): Promise<Record<string, Pick<Product, "available" | "reserved" | "sold">>> {
  const ids = Object.keys(initial);
  const connection = await mysqlConnection();
  let products: Product[] = [];
  const look = async () => {
    const sql = "SELECT id, available, reserved, sold FROM products WHERE id IN (?)";
    products = (await rows(connection, sql, [ids])).map(({ id, available, reserved, sold }) => {
      return { id, available, reserved, sold, initial: initial[id] ?? 0, moved: 0 };
    });
    const reservations = await reservationsOf(ids);
    const orders = [...(await storedOrders(reservations.map(({ orderId }) => orderId))).values()];
    // An order may be of other products too, and their books are not closed here.
    const ours = reservations.map(({ lines, ...rest }) => ({
      ...rest,
      lines: lines.filter(({ productId }) => ids.includes(productId)),
    }));
    return [
      ...ids.filter((id) => !products.some((product) => product.id === id)).map((id) => `product ${id}: is not there`),
      ...stockFaults({ products, reservations: ours }),
      ...orderFaults({ orders, reservations, at: endOfTime }),
    ];
  };
  const end = Date.now() + timeout;
  for (let faults = await look(); faults.length > 0; faults = await look()) {
    if (Date.now() > end) throw new Error(`The books do not balance:\n${faults.join("\n")}`);
    await delay(250);
  }
  return Object.fromEntries(products.map(({ id, available, reserved, sold }) => [id, { available, reserved, sold }]));
}
