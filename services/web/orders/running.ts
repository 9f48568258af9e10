import type { Order } from "../api/types.ts";
import { isFinal } from "../order/status.ts";

/** So many at most, or the menu would be about orders. */
const most = 3;
const freshMs = 10 * 60_000;

/** What a hungry guest wants to know of while reading the menu: open orders, and those ready within ten minutes. */
export function runningOrders(orders: readonly Order[], now: Date): readonly Order[] {
  const isFresh = ({ updatedAt }: Order) => now.getTime() - Date.parse(updatedAt) < freshMs;
  return orders
    .filter((order) => !isFinal(order.status) || (order.status === "ready" && isFresh(order)))
    .slice(0, most);
}
