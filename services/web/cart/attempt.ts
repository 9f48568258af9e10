import type { Cart } from "./cart.ts";
import type { KeyValue } from "./storage.ts";

const attemptKey = "gorder.attempt";

/**
 * The idempotency key of ordering this very cart. It stays the same, over reloads too, until the cart changes or
 * the attempt is ended: when an answer was lost, asking again finds the order instead of making a second one.
 */
export function keyOfAttempt(storage: KeyValue, cart: Cart, newKey: () => string): string {
  const content = JSON.stringify([...cart].sort(([a], [b]) => (a < b ? -1 : 1)));
  const kept = read(storage);
  if (kept?.content === content) return kept.key;
  const key = newKey();
  storage.setItem(attemptKey, JSON.stringify({ key, content }));
  return key;
}

export function endAttempt(storage: KeyValue): void {
  storage.removeItem(attemptKey);
}

/** 128 random bits. Not `randomUUID`, which browsers withhold from pages opened by plain HTTP. */
export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function read(storage: KeyValue): { key: string; content: string } | undefined {
  try {
    const { key, content } = JSON.parse(storage.getItem(attemptKey) ?? "{}") as Record<string, unknown>;
    return typeof key === "string" && /^[!-~]{1,255}$/.test(key) && typeof content === "string"
      ? { key, content }
      : undefined;
  } catch {
    return undefined;
  }
}
