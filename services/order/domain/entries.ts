import { AppError } from "#common/errors";
import type { OutboxEntry } from "./outbox.ts";
import type { OrderSnapshot } from "./snapshot.ts";

/** An order without one of its entries; undefined when it has none of that id. */
export function without(order: OrderSnapshot, entryId: string): OrderSnapshot | undefined {
  const outbox = order.outbox.filter(({ id }) => id !== entryId);
  return outbox.length === order.outbox.length ? undefined : { ...order, outbox };
}

/** An order one of whose entries waits for somebody outside, until it is tried again. */
export function parked(order: OrderSnapshot, entryId: string, dueAt: Date): OrderSnapshot | undefined {
  const outbox = order.outbox.map((one): OutboxEntry => (one.id === entryId ? { ...one, dueAt, parked: true } : one));
  return without(order, entryId) && { ...order, outbox };
}

/** An order one of whose entries came to nothing. */
export function givenUp(order: OrderSnapshot, entryId: string, why: string, since: Date): OrderSnapshot | undefined {
  const entry = order.outbox.find(({ id }) => id === entryId);
  const rest = without(order, entryId);
  return entry && rest && { ...rest, stuck: [...(order.stuck ?? []), { ...entry, since, why }] };
}

/**
 * An order all of whose entries are due now, those that came to nothing as well: but for refunds that the provider
 * refused, which are asked for anew by whoever decides that. @throws AppError "conflict" when it waits for nothing.
 */
export function retried(order: OrderSnapshot, now: Date): OrderSnapshot {
  const { stuck = [], outbox, refunds = [] } = order;
  const refused = new Set(refunds.filter(({ status }) => status === "failed").map(({ id }) => id));
  const again = stuck.filter(({ id }) => !refused.has(id));
  if (outbox.length + again.length === 0) throw new AppError("conflict", "This order waits for nothing");
  const back = again.map(({ since: _since, why: _why, parked: _parked, ...entry }) => ({ ...entry, at: now }));
  const { stuck: _stuck, ...rest } = order;
  const left = stuck.filter(({ id }) => refused.has(id));
  return {
    ...rest,
    ...(left.length > 0 && { stuck: left }),
    outbox: [...outbox, ...back].map((entry) => ({ ...entry, dueAt: now })),
  };
}
