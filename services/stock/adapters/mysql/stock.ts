import type { Pool } from "mysql2/promise";
import { allot } from "../../domain/allot.ts";
import { demandUnits, pileOf, unitsOf } from "../../domain/reservation.ts";
import type { StockRepository } from "../../domain/stockRepository.ts";
import { connected, transaction } from "./database.ts";
import { retried } from "./failures.ts";
import { moveUnits } from "./moveUnits.ts";
import { findProducts, insertProducts, lockProducts } from "./products.ts";
import { findDue, findReservations, insertReservations, updateReservation } from "./reservations.ts";

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

    update: (orderId, change) =>
      retried(() =>
        transaction(pool, async (connection) => {
          const before = (await findReservations(connection, [orderId], "FOR UPDATE")).get(orderId);
          if (!before) return undefined;
          const reservation = change(before);
          if (reservation === before) return { reservation, changed: false };
          const [units, from, to] = [unitsOf(before), pileOf[before.status], pileOf[reservation.status]];
          if (from === "available") demandUnits(before, await lockProducts(connection, [...units.keys()]));
          await updateReservation(connection, reservation);
          if (from !== to) await moveUnits(connection, units, from, to);
          return { reservation, changed: true };
        }),
      ),

    add: (menu) => retried(() => connected(pool, (connection) => insertProducts(connection, menu))),
  };
}
