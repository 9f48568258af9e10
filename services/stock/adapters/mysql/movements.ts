import type { Movement } from "../../domain/acts.ts";
import type { Page } from "../../domain/staffRepository.ts";
import { type Connection, run } from "./database.ts";
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
