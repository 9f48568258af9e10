import type { Pool } from "mysql2/promise";
import { AppError } from "#common/errors";
import type { Logger } from "#common/logging";
import { type Change, type Changed, changeAll } from "../../domain/changes.ts";
import type { Product } from "../../domain/product.ts";
import type { Reservation } from "../../domain/reservation.ts";
import { type Connection, transaction } from "./database.ts";
import { retry } from "./failures.ts";
import { moveUnits } from "./moveUnits.ts";
import { lockProducts } from "./products.ts";
import { lockReservations, updateReservations } from "./reservations.ts";

/**
 * Changes the reservations of several orders in one transaction. When one of them makes it fail for good, each is tried
 * alone, so that it fails alone.
 */
export async function updateMany(
  deps: { pool: Pool; logger: Logger },
  orderIds: readonly string[],
  change: Change,
): Promise<readonly PromiseSettledResult<Changed>[]> {
  if (orderIds.length === 0) return [];
  try {
    return await retry(() =>
      transaction(deps.pool, (connection) => changeOn(connection, orderIds, change, deps.logger)),
    );
  } catch (error) {
    if (error instanceof AppError || orderIds.length === 1) throw error;
  }
  const answers: PromiseSettledResult<Changed>[] = [];
  for (const orderId of orderIds) {
    const [alone] = await Promise.allSettled([updateMany(deps, [orderId], change)]);
    if (alone.status === "rejected") answers.push(alone);
    else answers.push(...alone.value);
  }
  return answers;
}

/** The hot rows, the products, are locked as late as possible. */
async function changeOn(connection: Connection, orderIds: readonly string[], change: Change, logger: Logger) {
  const known = await lockReservations(connection, orderIds);
  const products = await lockIfReleased(connection, [...known.values()]);
  const { answers, changed, moves } = changeAll(orderIds, change, known, products);
  await updateReservations(connection, [...changed.values()]);
  for (const { units, from, to } of moves) {
    const gone = await moveUnits(connection, units, from, to);
    if (gone.length > 0)
      logger.error("products were deleted while units of them were reserved", { gone: gone.join(), to });
  }
  return answers;
}

/**
 * What is available matters only to those whose units were released. With one of them in the batch its units come from
 * two piles, in two statements: so the products of all are locked before, in one go.
 */
async function lockIfReleased(connection: Connection, known: readonly Reservation[]) {
  const none: ReadonlyMap<string, Product> = new Map();
  if (!known.some(({ status }) => status === "released")) return none;
  return lockProducts(
    connection,
    known.flatMap(({ lines }) => lines.map(({ productId }) => productId)),
  );
}
