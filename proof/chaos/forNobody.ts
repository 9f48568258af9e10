import { setTimeout as delay } from "node:timers/promises";
import { type Books, priceOf } from "../../ops/ledger/books.ts";
import type { OpenBooks } from "../../ops/ledger/read.ts";

/** How long an unpaid order may live and its end may take, in milliseconds: several times what it is given here. */
const onTimeMs = 30_000;

/** How long it is waited for that the last of them has come to its end. */
const patienceMs = 30_000;

type Held = Pick<Books, "at" | "orders" | "reservations" | "checkouts">;

/** What is kept for guests who will never pay: orders whose time is over, their items, and their payment pages. */
export function keptForNobody({ at, orders, reservations, checkouts }: Held): string[] {
  const paid = new Set(checkouts.filter((one) => one.paid).map(({ orderId }) => orderId));
  const open = new Set(checkouts.filter((one) => one.open).map(({ orderId }) => orderId));
  const held = new Set(reservations.filter(({ status }) => status === "reserved").map(({ orderId }) => orderId));
  const old = orders.filter(({ id, placedAt }) => !paid.has(id) && at.getTime() - placedAt.getTime() > onTimeMs);
  return old.flatMap(({ id, status }) => [
    ...(priceOf[status] === "open" ? [`order ${id}: is still ${status}`] : []),
    ...(held.has(id) ? [`order ${id}: its items are still held`] : []),
    ...(open.has(id) ? [`order ${id}: can still be paid`] : []),
  ]);
}

/** The same of a running system, as far as it stays. */
export async function findKeptForNobody({ books }: { books: Pick<OpenBooks, "read"> }): Promise<string[]> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const found = keptForNobody(await books.read());
    if (found.length === 0 || Date.now() > deadline) return found;
    await delay(1_000);
  }
}
