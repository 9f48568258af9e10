import type { Pile, Quantities } from "../../domain/product.ts";
import { type Connection, run, select } from "./database.ts";

/**
 * Moves units of several products from one pile to another in one statement, which touches only rows that have enough.
 * A product that is not there any more holds up no other: dishes are to be retired and not deleted, but if somebody
 * does, the orders that have one among others must come to their end.
 * @returns the products that are gone.
 * @throws when one had not enough, so that the transaction is undone.
 */
export async function moveUnits(
  connection: Connection,
  units: Quantities,
  from: Pile,
  to: Pile,
): Promise<readonly string[]> {
  if (units.size === 0) return [];
  const quantity = `CASE id ${"WHEN ? THEN ? ".repeat(units.size)}END`;
  const quantities = [...units].flat();
  const moved = await run(
    connection,
    `UPDATE products FORCE INDEX (PRIMARY)
     SET \`${from}\` = \`${from}\` - ${quantity}, \`${to}\` = \`${to}\` + ${quantity}
     WHERE id IN (?) AND \`${from}\` >= ${quantity}`,
    [...quantities, ...quantities, [...units.keys()], ...quantities],
  );
  if (moved === units.size) return [];
  const left = await select<{ id: string }>(connection, "SELECT id FROM products WHERE id IN (?)", [[...units.keys()]]);
  const ids = new Set(left.map(({ id }) => id));
  if (moved < ids.size) throw new Error(`only ${moved} of ${units.size} products had enough units ${from}`);
  return [...units.keys()].filter((id) => !ids.has(id));
}
