import type { Due, DueClaim, PutOff } from "../../domain/stockRepository.ts";
import { type Connection, run, select } from "./database.ts";

const isDue = "status = 'reserved' AND expires_at <= ? AND (claimed_until IS NULL OR claimed_until <= ?)";

/** Whether there is anything to be claimed. */
export async function isAnyDue(connection: Connection, { deadline, now }: DueClaim): Promise<boolean> {
  const sql = `SELECT 1 FROM reservations WHERE ${isDue} LIMIT 1`;
  return (await select(connection, sql, [deadline, now])).length > 0;
}

/**
 * Orders whose reservations are over since the deadline and still hold units, the longest overdue first. What another
 * replica has locked or claimed is passed over, so that nobody waits and no order is asked about twice.
 */
export async function claimDue(connection: Connection, { deadline, now, until, limit }: DueClaim): Promise<Due[]> {
  const sql = `SELECT order_id AS orderId, failures FROM reservations
    WHERE ${isDue} ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED`;
  const due = await select<Due>(connection, sql, [deadline, now, limit]);
  if (due.length === 0) return [];
  const claim = "UPDATE reservations FORCE INDEX (PRIMARY) SET claimed_until = ? WHERE order_id IN (?)";
  await run(connection, claim, [until, due.map(({ orderId }) => orderId)]);
  return due;
}

/** Puts off reservations that could not be settled, each until its time. */
export async function putOff(connection: Connection, failed: readonly PutOff[]): Promise<void> {
  if (failed.length === 0) return;
  await run(
    connection,
    `UPDATE reservations FORCE INDEX (PRIMARY)
     SET failures = failures + 1, claimed_until = CASE order_id ${"WHEN ? THEN ? ".repeat(failed.length)}END
     WHERE order_id IN (?) AND status = 'reserved'`,
    [...failed.flatMap(({ orderId, until }) => [orderId, until]), failed.map(({ orderId }) => orderId)],
  );
}

/** How many held reservations could not be settled that many times. */
export async function countFailed(connection: Connection, times: number): Promise<number> {
  const sql = "SELECT COUNT(*) AS held FROM reservations WHERE status = 'reserved' AND failures >= ?";
  const [row] = await select<{ held: number }>(connection, sql, [times]);
  return row?.held ?? 0;
}
