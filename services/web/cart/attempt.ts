import type { Order } from "../api/types.ts";
import type { Cart } from "./cart.ts";
import type { KeyValue } from "./storage.ts";
import { noWishes, type Wishes } from "./wishes.ts";

const attemptKey = "gorder.attempt";

/** As long as an unpaid order lives: after that, the same cart is meant anew. */
const lifetimeMs = 30 * 60_000;
/** The server's clock is known to a second or two, and its replicas have one each. */
const inexactMs = 10_000;

type Attempt = { key: string; content: string; at: number };

/**
 * The idempotency key of ordering this very content, as {@link contentOf} writes it. It stays the same, over reloads too, until it changes, the
 * attempt is ended or half an hour is over: when an answer was lost, asking again finds the order instead of making a
 * second one. `now` is the server's time in milliseconds.
 */
export function keyOfAttempt(storage: KeyValue, content: string, newKey: () => string, now: number): string {
  const kept = read(storage);
  if (kept?.content === content && Math.abs(now - kept.at) < lifetimeMs) return kept.key;
  const key = newKey();
  storage.setItem(attemptKey, JSON.stringify({ key, content, at: now }));
  return key;
}

/** Whoever orders the same again means another order from now on. */
export function endAttempt(storage: KeyValue): void {
  storage.removeItem(attemptKey);
}

/**
 * Ends the attempt of which this order came: the guest has seen it, and what is ordered from here on is another one.
 * @returns what was ordered, as {@link contentOf} writes it.
 */
export function endAttemptOf(
  storage: KeyValue,
  order: Pick<Order, "items" | "createdAt" | "guestName">,
): string | undefined {
  const kept = read(storage);
  if (!kept || Date.parse(order.createdAt) < kept.at - inexactMs) return undefined;
  const { items, guestName = "" } = order;
  const notes = Object.fromEntries(items.map(({ productId, note = "" }) => [productId, note]));
  const ordered = contentOf(new Map(items.map(({ productId, quantity }) => [productId, quantity])), {
    notes,
    guestName,
  });
  if (ordered !== kept.content) return undefined;
  endAttempt(storage);
  return ordered;
}

/** What is in a cart and asked for with it, whatever was picked first. */
export function contentOf(cart: Cart, { notes, guestName }: Wishes = noWishes): string {
  const lines = [...cart]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, quantity]) => (notes[id]?.trim() ? [id, quantity, notes[id].trim()] : [id, quantity]));
  return JSON.stringify(guestName.trim() ? { lines, guestName: guestName.trim() } : lines);
}

/** 128 random bits. Not `randomUUID`, which browsers withhold from pages opened by plain HTTP. */
export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function read(storage: KeyValue): Attempt | undefined {
  try {
    const { key, content, at } = JSON.parse(storage.getItem(attemptKey) ?? "{}") as Record<string, unknown>;
    const isSound = typeof key === "string" && /^[!-~]{1,255}$/.test(key) && typeof content === "string";
    return isSound && typeof at === "number" ? { key, content, at } : undefined;
  } catch {
    return undefined;
  }
}
