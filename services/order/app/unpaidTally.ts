import type { OrderSnapshot } from "../domain/order.ts";
import { isOpen } from "../domain/status.ts";

/** What somebody's unpaid orders hold: dishes, and what they cost in minor units of the menu's currency. */
export type Held = { units: number; value: number };

/** An order that is counted; `isPlaced`: it is there, so that nothing that comes under its id can make it more. */
type Entry = Held & { keys: readonly string[]; until: number; isPlaced: boolean };

/** Counts what unpaid orders hold, by any keys; times in milliseconds since 1970. */
export type UnpaidTally = ReturnType<typeof unpaidTally>;

/**
 * What the orders that came in here hold until they are paid, given up or over. In the process: it tells one guest from
 * all others, and what is really left is the stock's to say. An order is forgotten at its end, seen or not.
 */
export function unpaidTally() {
  const entries = new Map<string, Entry>();
  const sums = new Map<string, Held>();

  const add = ({ keys, units, value }: Entry, sign: 1 | -1): void => {
    for (const key of keys) {
      const sum = sums.get(key) ?? { units: 0, value: 0 };
      sum.units += sign * units;
      sum.value += sign * value;
      if (sum.units === 0 && sum.value === 0) sums.delete(key);
      else sums.set(key, sum);
    }
  };
  const forget = (orderId: string): void => {
    const entry = entries.get(orderId);
    if (!entry) return;
    entries.delete(orderId);
    add(entry, -1);
  };
  return {
    find: (orderId: string): Readonly<Entry> | undefined => entries.get(orderId),
    heldBy: (key: string): Readonly<Held> => sums.get(key) ?? { units: 0, value: 0 },
    /** The orders of a key, the oldest first. */
    ordersOf: (key: string): string[] =>
      [...entries].filter(([, { keys }]) => keys.includes(key)).map(([orderId]) => orderId),
    /** Counts an order, or what has become known of it. */
    set(orderId: string, entry: Entry): void {
      forget(orderId);
      entries.set(orderId, entry);
      add(entry, 1);
    },
    forget,
    /** Is told of every order that changed: one that is no longer unpaid is forgotten, and one may last longer. */
    hear({ id, status, expiresAt }: OrderSnapshot): void {
      const entry = entries.get(id);
      if (!isOpen(status)) forget(id);
      else if (entry?.isPlaced) entries.set(id, { ...entry, until: expiresAt.getTime() });
    },
    /** Forgets what was over by `now`. */
    prune(now: number): void {
      for (const [orderId, { until }] of entries) if (until <= now) forget(orderId);
    },
  };
}
