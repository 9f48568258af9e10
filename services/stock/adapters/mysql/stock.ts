import type { Pool } from "mysql2/promise";
import { type Logger, silentLogger } from "#common/logging";
import { answerOf } from "../../domain/changes.ts";
import type { StaffRepository } from "../../domain/staffRepository.ts";
import type { StockRepository } from "../../domain/stockRepository.ts";
import { transaction, withConnection } from "./database.ts";
import { claimDue, countFailed, isAnyDue, putOff } from "./dueReservations.ts";
import { retry } from "./failures.ts";
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
    products: (ids) => retry(() => withConnection(pool, (connection) => findProducts(connection, ids))),

    shop: () => retry(() => withConnection(pool, findShop)),

    reserve: (requests, prices, signal) => reserve(pool, { requests, prices, signal }),

    reservations: (orderIds) =>
      retry(() => withConnection(pool, (connection) => findReservations(connection, orderIds))),

    async claimDue(claim) {
      // Nearly always nothing is due, which is told without a transaction.
      if (!(await retry(() => withConnection(pool, (connection) => isAnyDue(connection, claim))))) return [];
      return retry(() => transaction(pool, (connection) => claimDue(connection, claim)));
    },

    putOff: (failed) => retry(() => withConnection(pool, (connection) => putOff(connection, failed))),

    countFailed: (times) => retry(() => withConnection(pool, (connection) => countFailed(connection, times))),

    updateMany: (orderIds, change) => updateMany({ pool, logger }, orderIds, change),

    update: async (orderId, change) => answerOf((await updateMany({ pool, logger }, [orderId], change))[0]),

    add: (menu) => retry(() => withConnection(pool, (connection) => insertProducts(connection, menu))),

    staff: mysqlStaff(pool),
  };
}
