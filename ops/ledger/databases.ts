import { MongoClient } from "mongodb";
import { createPool, type RowDataPacket } from "mysql2/promise";
import { mysqlAddress } from "../../services/stock/adapters/mysql/address.ts";
import type { Order, Product, Reservation } from "./books.ts";

type OrderDocument = Omit<Order, "id"> & { _id: string };
type ReservationRow = RowDataPacket & {
  order_id: string;
  status: Reservation["status"];
  lines: string;
  expires_at: Date;
};

/** Reads stock's own database: all of it, or what is of some products. */
export function readStock(mysqlUrl: string) {
  const mysql = createPool({ ...mysqlAddress(mysqlUrl), connectionLimit: 1, timezone: "Z", jsonStrings: true });
  return {
    async products(ids?: readonly string[]): Promise<Product[]> {
      const moved = "SELECT COALESCE(SUM(quantity), 0) FROM movements WHERE product_id = products.id";
      const sql = `SELECT id, initial, CAST((${moved}) AS SIGNED) AS moved, available, reserved, sold
        FROM products ${ids ? "WHERE id IN (?)" : ""} ORDER BY position, id`;
      return (await mysql.query<(RowDataPacket & Product)[]>(sql, [ids]))[0];
    },
    async reservations(productIds?: readonly string[]): Promise<Reservation[]> {
      const named = productIds?.map(() => "`lines` LIKE ?").join(" OR ");
      const sql = `SELECT order_id, status, \`lines\`, expires_at FROM reservations ${named ? `WHERE ${named}` : ""}`;
      const [rows] = await mysql.query<ReservationRow[]>(
        sql,
        productIds?.map((id) => `%"${id}"%`),
      );
      return rows.map(({ order_id: orderId, status, lines, expires_at: expiresAt }) => {
        return { orderId, status, lines: JSON.parse(lines) as Reservation["lines"], expiresAt };
      });
    },
    close: () => mysql.end(),
  };
}

/** Reads the order service's own database: all orders, or those with these ids. @param patienceMs for a server to answer. */
export function readOrders(mongodbUrl: string, database = "gorder", patienceMs = 5_000) {
  const mongo = new MongoClient(mongodbUrl, { serverSelectionTimeoutMS: patienceMs });
  const collection = mongo.db(database).collection<OrderDocument>("orders");
  const projection = { status: 1, lines: 1, total: 1, placedAt: 1, history: 1, outbox: 1, refunds: 1 };
  return {
    async orders(ids?: readonly string[]): Promise<Order[]> {
      const named = ids ? { _id: { $in: [...ids] } } : {};
      const documents = await collection.find(named, { projection }).toArray();
      return documents.map(({ _id: id, ...order }) => ({ id, ...order }));
    },
    close: () => mongo.close(),
  };
}
