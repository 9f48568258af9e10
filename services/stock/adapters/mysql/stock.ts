import type { Pool } from "mysql2/promise";
import { allot } from "../../domain/allot.ts";
import { answerOf } from "../../domain/changes.ts";
import type { StockRepository } from "../../domain/stockRepository.ts";
import { connected, transaction } from "./database.ts";
import { retried } from "./failures.ts";
import { moveUnits } from "./moveUnits.ts";
import { findProducts, insertProducts, lockProducts } from "./products.ts";
import { findDue, findReservations, insertReservations } from "./reservations.ts";
import { updateMany } from "./updateMany.ts";

/** Stock in MySQL or MariaDB, whose schema is up to date. */
export function mysqlStock(pool: Pool): StockRepository {
  return {
    products: (ids) => retried(() => connected(pool, (connection) => findProducts(connection, ids))),

    // One transaction for the whole batch. The hot rows, the products, are locked as late as possible.
    reserve: (requests, prices) =>
      retried(() =>
        transaction(pool, async (connection) => {
          const orderIds = requests.map(({ orderId }) => orderId);
          const known = await findReservations(connection, orderIds);
          const fresh = requests.filter(({ orderId }) => !known.has(orderId));
          const wanted = fresh.flatMap(({ lines }) => lines.map(({ productId }) => productId));
          const products = await lockProducts(connection, wanted);
          const { results, created, taken } = allot(requests, { products, known, prices });
          await moveUnits(connection, taken, "available", "reserved");
          await insertReservations(connection, created);
          return results;
        }),
      ),

    reservations: (orderIds) => retried(() => connected(pool, (connection) => findReservations(connection, orderIds))),

    due: (deadline, limit) => retried(() => connected(pool, (connection) => findDue(connection, deadline, limit))),

    updateMany: (orderIds, change) => updateMany(pool, orderIds, change),

    update: async (orderId, change) => answerOf((await updateMany(pool, [orderId], change))[0]),

    add: (menu) => retried(() => connected(pool, (connection) => insertProducts(connection, menu))),
  };
}
