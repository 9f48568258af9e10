import type { Order, OrderItem } from "../api/types.ts";
import type { Cart } from "./cart.ts";
import type { KeyValue } from "./storage.ts";

const picksKey = "gorder.picks";
/** So many orders are remembered; older ones are shown as the server lists them. */
const most = 20;

/** Remembers in which order the dishes of an order were picked: the server lists them in its own. */
export function keepPicks(storage: KeyValue, orderId: string, cart: Cart): void {
  const others = read(storage).filter(([id]) => id !== orderId);
  storage.setItem(picksKey, JSON.stringify([[orderId, [...cart.keys()]], ...others].slice(0, most)));
}

/** An order's items as they were picked, if this browser knows how. */
export function asPicked(storage: KeyValue, { id, items }: Pick<Order, "id" | "items">): readonly OrderItem[] {
  const picks = read(storage).find(([known]) => known === id)?.[1] ?? [];
  const place = (item: OrderItem) => (picks.includes(item.productId) ? picks.indexOf(item.productId) : picks.length);
  return [...items].sort((a, b) => place(a) - place(b));
}

function read(storage: KeyValue): [id: string, picks: unknown[]][] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(picksKey) ?? "[]");
    const isSound = (each: unknown) => Array.isArray(each) && typeof each[0] === "string" && Array.isArray(each[1]);
    return Array.isArray(kept) ? kept.filter(isSound) : [];
  } catch {
    return [];
  }
}
