import type { Pile, Quantities } from "../../domain/product.ts";
import { type Connection, run } from "./database.ts";

/**
 * Moves units of several products from one pile to another in one statement, which touches only rows that have enough.
 * @throws when one had not, so that the transaction is undone.
 */
export async function moveUnits(connection: Connection, units: Quantities, from: Pile, to: Pile): Promise<void> {
  if (units.size === 0) return;
  const quantity = `CASE id ${"WHEN ? THEN ? ".repeat(units.size)}END`;
  const quantities = [...units].flat();
  const moved = await run(
    connection,
    `UPDATE products FORCE INDEX (PRIMARY)
     SET \`${from}\` = \`${from}\` - ${quantity}, \`${to}\` = \`${to}\` + ${quantity}
     WHERE id IN (?) AND \`${from}\` >= ${quantity}`,
    [...quantities, ...quantities, [...units.keys()], ...quantities],
  );
  if (moved !== units.size) throw new Error(`only ${moved} of ${units.size} products had enough units ${from}`);
}
