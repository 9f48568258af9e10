/**
 * What an order still has to see done: an event that the world has to hear of, the closing of a cancelled order, what it
 * holds to be sold, or money that it owes back. The id of an event is its own, however often it is published.
 */
export type OutboxEntry = { id: string; type: EventType | "order.cancelled" | "sale" | "refund"; at: Date };

/** The events that orders publish. */
export type EventType = "order.created";

/**
 * How long the effect of an entry may take until it is seen to (again). Whoever hears of a payment sells at once; the
 * rest but order.created's is the outbox's own work.
 */
const patienceMs: Record<OutboxEntry["type"], number> = {
  "order.created": 15_000,
  "order.cancelled": 0,
  sale: 5_000,
  refund: 0,
};

const shortestWaitMs = 5_000;
const longestWaitMs = 300_000;

/** When a new or changed outbox is looked at for the first time; undefined when it is empty. */
export function firstDue(outbox: readonly OutboxEntry[]): Date | undefined {
  const times = outbox.map(({ at, type }) => at.getTime() + patienceMs[type]);
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}

/** Since when an outbox has something to tell; undefined when it is empty. */
export function oldestOf(outbox: readonly OutboxEntry[]): Date | undefined {
  return outbox.length === 0 ? undefined : new Date(Math.min(...outbox.map(({ at }) => at.getTime())));
}

/** When an outbox that was seen to at `now` is due again: after as long as it is old, within limits. */
export function nextDue(outbox: readonly OutboxEntry[], now: Date): Date {
  const age = now.getTime() - (oldestOf(outbox) ?? now).getTime();
  return new Date(now.getTime() + Math.min(Math.max(age, shortestWaitMs), longestWaitMs));
}
