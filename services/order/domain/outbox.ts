/**
 * What an order still has to see done: an event that the world has to hear of, the closing of a cancelled order, what it
 * holds to be sold, or money that it owes back: all of it for a meal that is not cooked ("refund"), or a part of it or
 * that of a meal that was ("partial_refund"; replicas of the version before leave an entry alone that they do not know).
 * The id of an event is its own, however often it is published; a refund's entry has the refund's.
 */
export type OutboxEntry = {
  id: string;
  type: EventType | "order.cancelled" | "sale" | "refund" | "partial_refund";
  at: Date;
  /** When it is tried again, where it goes by its own clock and not by the outbox's. */
  dueAt?: Date;
  /** All was done that can be done here, and somebody else takes their time: nobody is to be alarmed. */
  parked?: true;
};

/** An entry that came to nothing: an operator has to look. */
export type StuckEntry = OutboxEntry & { since: Date; why: string };

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
  partial_refund: 0,
};

/** Every type of an entry. */
export const entryTypes = Object.keys(patienceMs) as readonly OutboxEntry["type"][];

const shortestWaitMs = 5_000;
const longestWaitMs = 300_000;
const longestParkedMs = 3_600_000;

/** When a new or changed outbox is looked at for the first time; undefined when it is empty. */
export function firstDue(outbox: readonly OutboxEntry[]): Date | undefined {
  const times = outbox.map(({ at, type, dueAt }) => dueAt?.getTime() ?? at.getTime() + patienceMs[type]);
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}

/** Since when an outbox has something to tell that nobody waits for on purpose; undefined when there is nothing. */
export function oldestOf(outbox: readonly OutboxEntry[]): Date | undefined {
  const times = outbox.filter(({ parked }) => !parked).map(({ at }) => at.getTime());
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}

/** When an outbox that was seen to at `now` is due again: each entry after as long as it is old, within limits. */
export function nextDue(outbox: readonly OutboxEntry[], now: Date): Date {
  const times = outbox.map(({ at, dueAt }) => (dueAt && dueAt > now ? dueAt : later(at, now, longestWaitMs)).getTime());
  return new Date(Math.min(...times));
}

/** When an entry that waits for somebody outside is tried again: it may take days. What holds food waits less long. */
export function nextTry({ at, type }: OutboxEntry, now: Date): Date {
  return later(at, now, type === "order.cancelled" ? longestWaitMs : longestParkedMs);
}

function later(since: Date, now: Date, longestMs: number): Date {
  const age = now.getTime() - since.getTime();
  return new Date(now.getTime() + Math.min(Math.max(age, shortestWaitMs), longestMs));
}
