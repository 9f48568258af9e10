/** What the world still has to hear of an order. The id is the event's own, however often it is published. */
export type OutboxEntry = { id: string; type: "order.created" | "order.cancelled"; at: Date };

/** How long the effect of an event may take until it is sent again. A cancellation's is the outbox's own work. */
const patienceMs: Record<OutboxEntry["type"], number> = { "order.created": 15_000, "order.cancelled": 0 };

const shortestWaitMs = 5_000;
const longestWaitMs = 300_000;

/** When a new or changed outbox is looked at for the first time; undefined when it is empty. */
export function firstDue(outbox: readonly OutboxEntry[]): Date | undefined {
  const times = outbox.map(({ at, type }) => at.getTime() + patienceMs[type]);
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}

/** When an outbox that was sent at `now` is due again: after as long as it is old, within limits. */
export function nextDue(outbox: readonly OutboxEntry[], now: Date): Date {
  const age = now.getTime() - Math.min(...outbox.map(({ at }) => at.getTime()));
  return new Date(now.getTime() + Math.min(Math.max(age, shortestWaitMs), longestWaitMs));
}
