import { z } from "zod";
import type { Reservation, ReservationStatus } from "../../domain/reservation.ts";
import { type Connection, run, select } from "./database.ts";

type ReservationRow = { order_id: string; status: ReservationStatus; lines: string; expires_at: Date };

const columns = "order_id, status, `lines`, expires_at";

const storedLines = z.array(
  z.object({
    productId: z.string(),
    name: z.string(),
    translatedName: z.string().optional(),
    quantity: z.int(),
    unitPrice: z.object({ amount: z.int(), currency: z.string() }),
    stripePriceId: z.string(),
  }),
);

/** The reservations that the orders have, by order id. */
export async function findReservations(
  connection: Connection,
  orderIds: readonly string[],
): Promise<Map<string, Reservation>> {
  if (orderIds.length === 0) return new Map();
  const sql = `SELECT ${columns} FROM reservations WHERE order_id IN (?)`;
  return byOrder(await select<ReservationRow>(connection, sql, [orderIds]));
}

/** The same, locked until the transaction ends: in the order of the primary key, so that nobody waits in a circle. */
export async function lockReservations(
  connection: Connection,
  orderIds: readonly string[],
): Promise<Map<string, Reservation>> {
  if (orderIds.length === 0) return new Map();
  const sql = `SELECT ${columns} FROM reservations FORCE INDEX (PRIMARY) WHERE order_id IN (?) ORDER BY order_id FOR UPDATE`;
  return byOrder(await select<ReservationRow>(connection, sql, [orderIds]));
}

/** Inserts new reservations; fails as a whole when one of the orders has one by now. */
export async function insertReservations(connection: Connection, created: readonly Reservation[]): Promise<void> {
  if (created.length === 0) return;
  const rows = created.map(({ orderId, status, lines, expiresAt }) => [
    orderId,
    status,
    JSON.stringify(lines),
    expiresAt,
  ]);
  await run(connection, `INSERT INTO reservations (${columns}) VALUES ?`, [rows]);
}

/** Stores what of reservations may change, their status and until when they hold, in one statement: they are settled. */
export async function updateReservations(connection: Connection, changed: readonly Reservation[]): Promise<void> {
  if (changed.length === 0) return;
  const byOrderId = `CASE order_id ${"WHEN ? THEN ? ".repeat(changed.length)}END`;
  await run(
    connection,
    `UPDATE reservations FORCE INDEX (PRIMARY) SET status = ${byOrderId}, expires_at = ${byOrderId},
     claimed_until = NULL, failures = 0 WHERE order_id IN (?)`,
    [
      ...changed.flatMap(({ orderId, status }) => [orderId, status]),
      ...changed.flatMap(({ orderId, expiresAt }) => [orderId, expiresAt]),
      changed.map(({ orderId }) => orderId),
    ],
  );
}

function byOrder(rows: readonly ReservationRow[]): Map<string, Reservation> {
  return new Map(rows.map((row) => [row.order_id, toReservation(row)]));
}

function toReservation({ order_id, status, lines, expires_at }: ReservationRow): Reservation {
  return { orderId: order_id, status, lines: storedLines.parse(JSON.parse(lines)), expiresAt: expires_at };
}
