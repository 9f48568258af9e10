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
  const sql = `SELECT ${columns} FROM reservations WHERE order_id IN (?) ${lock}`;
  const rows = await select<ReservationRow>(connection, sql, [orderIds]);
  return new Map(rows.map((row) => [row.order_id, toReservation(row)]));
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

/** Stores a reservation's status, the only thing of it that ever changes. */
export async function updateStatus(connection: Connection, { orderId, status }: Reservation): Promise<void> {
  await run(connection, "UPDATE reservations SET status = ? WHERE order_id = ?", [status, orderId]);
}

function toReservation({ order_id, status, lines, expires_at }: ReservationRow): Reservation {
  return { orderId: order_id, status, lines: storedLines.parse(JSON.parse(lines)), expiresAt: expires_at };
}
