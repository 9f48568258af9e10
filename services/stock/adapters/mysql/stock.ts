import type { Pool } from "mysql2/promise";
import { type Logger, silentLogger } from "#common/logging";
import { answerOf } from "../../domain/changes.ts";
import type { StaffRepository } from "../../domain/staffRepository.ts";
import type { StockRepository } from "../../domain/stockRepository.ts";
import { connected, transaction } from "./database.ts";
import { claimDue, countFailed, isAnyDue, putOff } from "./dueReservations.ts";
import { retried } from "./failures.ts";
import { findProducts, insertProducts } from "./products.ts";
import { findReservations } from "./reservations.ts";
import { reserve } from "./reserve.ts";
import { findShop } from "./shop.ts";
import { mysqlStaff } from "./staff.ts";
import { updateMany } from "./updateMany.ts";

/** Stock in MySQL or MariaDB, whose schema is up to date. */
export function mysqlStock(
  pool: Pool,
  logger: Logger = silentLogger,
): StockRepository & { readonly staff: StaffRepository } {
  return {
    products: (ids) => retried(() => connected(pool, (connection) => findProducts(connection, ids))),

    shop: () => retried(() => connected(pool, findShop)),

    reserve: (requests, prices, signal) => reserve(pool, { requests, prices, signal }),

    reservations: (orderIds) => retried(() => connected(pool, (connection) => findReservations(connection, orderIds))),

    async claimDue(claim) {
      // Nearly always nothing is due, which is told without a transaction.
      if (!(await retried(() => connected(pool, (connection) => isAnyDue(connection, claim))))) return [];
      return retried(() => transaction(pool, (connection) => claimDue(connection, claim)));
    },

    putOff: (failed) => retried(() => connected(pool, (connection) => putOff(connection, failed))),

    countFailed: (times) => retried(() => connected(pool, (connection) => countFailed(connection, times))),

    updateMany: (orderIds, change) => updateMany({ pool, logger }, orderIds, change),

    update: async (orderId, change) => answerOf((await updateMany({ pool, logger }, [orderId], change))[0]),

    add: (menu) => retried(() => connected(pool, (connection) => insertProducts(connection, menu))),

    staff: mysqlStaff(pool),
  };
}
