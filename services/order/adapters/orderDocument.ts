import { nameKey, nameStart } from "../domain/guestName.ts";
import { numberOf } from "../domain/number.ts";
import { type Claim, Order, type OrderSnapshot, type StatusChange } from "../domain/order.ts";
import { firstDue, type OutboxEntry, oldestOf } from "../domain/outbox.ts";
import { nextLook } from "../domain/rest.ts";
import type { Status } from "../domain/status.ts";
import { amountTime } from "./amountTime.ts";

/**
 * An order as MongoDB has it: order, events and what staff did in one document, so that one write stores all of it. What
 * a replica of another version wrote beside is kept as it is, by both: a field that neither knows is part of the order.
 */
export type OrderDocument = Pick<
  OrderSnapshot,
  "guestName" | "language" | "hold" | "ticked" | "stuck" | "refunds" | "acts" | "found" | "formerOwners"
> & {
  _id: string;
  customerId: string;
  status: Status;
  lines: OrderSnapshot["lines"];
  total: OrderSnapshot["total"];
  paymentLink?: string;
  checkoutSessionId?: string;
  means?: string;
  expiresAt: Date;
  claim?: Claim;
  history: readonly StatusChange[];
  traceparent: string;
  version: number;
  /** Grows with every write, also with those that a customer does not see; every update demands the one it read. */
  revision: number;
  placedAt: Date;
  /** Empty: replicas of the version before read it. */
  handled: readonly string[];
  outbox: readonly OutboxEntry[];
  /** "open" while the outbox has entries: a small index finds them. */
  outboxState?: "open";
  outboxDueAt?: Date;
  outboxSince?: Date;
  /** When it is looked at if it rests until then. */
  lookAt?: Date;
  /** The last writes, newest first: tell two writers apart who wanted the same. */
  writes?: readonly string[];
  /** Since when a cook may take it. */
  cookableSince?: Date;
  /** The kitchen that has claimed it. */
  claimedBy?: string;
  /** What its guest calls it. */
  number?: string;
  /** What its guest is called, as staff look for it, and the beginning that an index finds it by. */
  guestNameKey?: string;
  guestNameStart?: string;
  /** Its total, as {@link amountTime} makes it. */
  amountTime?: Date;
  /** Since when its meal is ready. */
  finishedAt?: Date;
  /** When money of it went back last, or was to. */
  refundedAt?: Date;
  /** When staff did something with it first, and last. */
  actedFrom?: Date;
  actedAt?: Date;
  /** When something was seen to be wrong with it last. */
  foundAt?: Date;
  /** What the first entry is that came to nothing. */
  stuckType?: OutboxEntry["type"];
};

/** The document for an order, which may rest for `patienceMs`; `before` is the one it was read from. */
export function toDocument(order: OrderSnapshot, patienceMs: number, before?: OrderDocument): OrderDocument {
  const { id, outbox, ...rest } = order;
  const isAsBefore = ({ id, dueAt }: OutboxEntry, at: number) =>
    before?.outbox[at]?.id === id && before.outbox[at].dueAt?.getTime() === dueAt?.getTime();
  const unchanged = before?.outbox.length === outbox.length && outbox.every(isAsBefore);
  const dueAt = unchanged ? before.outboxDueAt : firstDue(outbox);
  const since = oldestOf(outbox);
  const rests = before?.version === order.version;
  const lookAt = rests ? before.lookAt : nextLook(order, order.history.at(-1)?.at ?? new Date(), patienceMs);
  const cookableSince = Order.restore(order).cookableSince;
  const refundedAt = order.refunds?.at(-1)?.at;
  const [actedFrom, actedAt] = [order.acts?.at(0)?.at, order.acts?.at(-1)?.at];
  const foundAt = order.found?.at(-1)?.at;
  const stuckType = order.stuck?.at(0)?.type;
  return {
    _id: id,
    ...rest,
    handled: [],
    revision: (before?.revision ?? 0) + 1,
    placedAt: before?.placedAt ?? order.history[0]?.at ?? new Date(),
    outbox,
    ...(dueAt && { outboxState: "open", outboxDueAt: dueAt, ...(since && { outboxSince: since }) }),
    ...(lookAt && { lookAt }),
    ...(cookableSince && { cookableSince }),
    ...(order.claim && { claimedBy: order.claim.by }),
    number: numberOf(id),
    amountTime: amountTime(order.total.amount),
    ...(order.guestName && named(nameKey(order.guestName))),
    ...(order.status === "ready" && { finishedAt: order.history.at(-1)?.at ?? new Date() }),
    ...(refundedAt && { refundedAt }),
    ...(actedFrom && actedAt && { actedFrom, actedAt }),
    ...(foundAt && { foundAt }),
    ...(stuckType && { stuckType }),
  };
}

const named = (guestNameKey: string) => ({ guestNameKey, guestNameStart: nameStart(guestNameKey) });

/** Whether a version wrote it last that did not know all that orders are found by. The fields that tell are {@link telling}. */
export function isLacking({
  number,
  amountTime,
  guestName,
  guestNameStart,
  acts = [],
  actedAt,
}: OrderDocument): boolean {
  const lacksName = guestName !== undefined && guestNameStart === undefined;
  const lacksTime = acts.at(-1)?.at.getTime() !== actedAt?.getTime();
  return number === undefined || amountTime === undefined || lacksName || lacksTime;
}

/** What has to be read of a document for {@link isLacking}. */
export const telling = { number: 1, amountTime: 1, guestName: 1, guestNameStart: 1, acts: 1, actedAt: 1 } as const;

/** The order of a document, which is what {@link toDocument} made of one: what its status asks for is in it. */
export function fromDocument(document: OrderDocument): OrderSnapshot {
  const {
    _id,
    revision: _r,
    placedAt: _p,
    outboxState: _s,
    outboxDueAt: _d,
    outboxSince: _o,
    lookAt: _l,
    cookableSince: _c,
    claimedBy: _b,
    writes: _w,
    handled: _h,
    number: _n,
    amountTime: _q,
    guestNameKey: _g,
    guestNameStart: _i,
    finishedAt: _f,
    refundedAt: _m,
    foundAt: _a,
    actedFrom: _e,
    actedAt: _x,
    stuckType: _t,
    ...rest
  } = document;
  return { id: _id, ...rest } as OrderSnapshot;
}

/** The same with the rules of its life. */
export function restored(document: OrderDocument): Order {
  return Order.restore(fromDocument(document));
}
