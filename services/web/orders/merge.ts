import type { Order, OrderPage } from "../api/types.ts";

/** Newest first, each order once, in the newest version that is known. */
export function merge(known: readonly Order[], news: readonly Order[]): Order[] {
  const byId = new Map(known.map((order) => [order.id, order]));
  for (const order of news) {
    const old = byId.get(order.id);
    if (!old || old.version <= order.version) byId.set(order.id, order);
  }
  return [...byId.values()].sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0));
}

/**
 * What is known after reading the newest page again. Only what is older than the page can be there without being in
 * it, and `kept`: another guest's orders go when the guest changes.
 */
export function mergeNewest(known: readonly Order[], page: OrderPage, kept: ReadonlySet<string>): Order[] {
  const oldest = page.orders.at(-1)?.createdAt;
  const inPage = new Set(page.orders.map(({ id }) => id));
  const isOlder = (order: Order) => page.nextCursor !== undefined && oldest !== undefined && order.createdAt < oldest;
  const stays = known.filter((order) => inPage.has(order.id) || isOlder(order) || kept.has(order.id));
  return merge(stays, page.orders);
}
