import { z } from "zod";
import type { Reservation, ReservationStatus } from "../../domain/reservation.ts";
import { type Connection, run, select } from "./database.ts";

type ReservationRow = { order_id: string; status: ReservationStatus; lines: string; expires_at: Date };

const columns = "order_id, status, `lines`, expires_at";

const storedLines = z.array(
  z.object({
    productId: z.string(),
    name: z.string(),
    quantity: z.int(),
    unitPrice: z.object({ amount: z.int(), currency: z.string() }),
    stripePriceId: z.string(),
  }),
);

/** The reservations that the orders have, by order id; with "FOR UPDATE" locked until the transaction ends. */
export async function findReservations(
  connection: Connection,
  orderIds: readonly string[],
  lock: "FOR UPDATE" | "" = "",
): Promise<Map<string, Reservation>> {
  if (orderIds.length === 0) return new Map();
  const sql = `SELECT ${columns} FROM reservations WHERE order_id IN (?) ${lock}`;
  const rows = await select<ReservationRow>(connection, sql, [orderIds]);
  return new Map(rows.map((row) => [row.order_id, toReservation(row)]));
}

/** Reservations that are over since `deadline` and still hold units, the longest overdue first. */
export async function findDue(connection: Connection, deadline: Date, limit: number): Promise<Reservation[]> {
  const sql = `SELECT ${columns} FROM reservations WHERE status = 'reserved' AND expires_at <= ?
    ORDER BY expires_at LIMIT ?`;
  return (await select<ReservationRow>(connection, sql, [deadline, limit])).map(toReservation);
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

/** Stores what of a reservation may change: its status and until when it holds. */
export async function updateReservation(
  connection: Connection,
  { orderId, status, expiresAt }: Reservation,
): Promise<void> {
  const sql = "UPDATE reservations SET status = ?, expires_at = ? WHERE order_id = ?";
  await run(connection, sql, [status, expiresAt, orderId]);
}

function toReservation({ order_id, status, lines, expires_at }: ReservationRow): Reservation {
  return { orderId: order_id, status, lines: storedLines.parse(JSON.parse(lines)), expiresAt: expires_at };
}
