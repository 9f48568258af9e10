import type { Books, Status } from "./books.ts";
import { moneyFaults } from "./moneyFaults.ts";
import { orderFaults } from "./orderFaults.ts";
import { stockFaults } from "./stockFaults.ts";

const isAtRest: Record<Status, boolean> = {
  pending: false,
  waiting_for_payment: false,
  paid: false,
  cooking: false,
  ready: true,
  cancelled: true,
  refunded: true,
};

/**
 * Everything in the books that does not add up, in words and with ids, one line a fault; nothing when they balance.
 * The books are read one after the other: what is under way at that moment may look like a fault, and be none a moment
 * later. So this judges books at rest (see {@link unfinished}); of a busy system only what stays is one.
 */
export function faultsOf(books: Books): string[] {
  return [...stockFaults(books), ...orderFaults(books), ...moneyFaults(books)];
}

/** What is still under way, one line each; nothing when the system is at rest. */
export function unfinished({ orders, reservations }: Books): string[] {
  const ids = new Set(orders.map(({ id }) => id));
  return [
    ...orders.filter(({ status }) => !isAtRest[status]).map(({ id, status }) => `order ${id}: is still ${status}`),
    ...orders.flatMap(({ id, outbox }) => outbox.map(({ type }) => `order ${id}: ${type} is still in its outbox`)),
    ...reservations
      .filter(({ status, orderId }) => status === "reserved" && !ids.has(orderId))
      .map(({ orderId, expiresAt }) => `order ${orderId}: is not there yet; reserved until ${expiresAt.toISOString()}`),
  ];
}
