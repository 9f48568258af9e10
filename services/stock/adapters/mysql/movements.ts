import type { Movement } from "../../domain/acts.ts";
import type { Page } from "../../domain/staffRepository.ts";
import type { Units } from "../../domain/units.ts";
import { type Connection, run, select } from "./database.ts";
import { pageOf } from "./pages.ts";

type MovementRow = Omit<Movement, "productId"> & { product_id: string };

const columns = "id, product_id, quantity, subject, reason, at";

/** Keeps a movement; fails when there is one with its id by now. */
export async function insertMovement(connection: Connection, movement: Movement): Promise<void> {
  const { id, productId, quantity, subject, reason, at } = movement;
  const sql = `INSERT INTO movements (${columns}) VALUES ?`;
  await run(connection, sql, [[[id, productId, quantity, subject, reason, at]]]);
}

/** Movements of a product, newest first. */
export async function findMovements(connection: Connection, productId: string, page: Page): Promise<Movement[]> {
  const selected = `SELECT ${columns} FROM movements`;
  const rows = await pageOf<MovementRow>(connection, selected, [["product_id = ?", productId]], page);
  return rows.map(({ product_id, ...movement }) => ({ ...movement, productId: product_id }));
}

/** The units of every dish in the menu's order: one statement sees one moment. */
export async function findUnits(connection: Connection): Promise<Units[]> {
  const moved = "SELECT COALESCE(SUM(quantity), 0) FROM movements WHERE product_id = products.id";
  const sql = `SELECT id, initial, CAST((${moved}) AS SIGNED) AS moved, available, reserved, sold
    FROM products ORDER BY position, id`;
  return select<Units>(connection, sql);
}
