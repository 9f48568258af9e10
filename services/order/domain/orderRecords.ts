import type { ErrorKind } from "#common/errors";
import type { ActRecord } from "./act.ts";
import type { Order } from "./order.ts";
import type { Page } from "./orderRepository.ts";
import type { OutboxEntry } from "./outbox.ts";
import type { Status } from "./status.ts";

/** Which orders are looked for; all that is set has to match. Times are of the placing, amounts in minor units. */
export type OrderFilter = {
  /** As it is stored: in capitals. */
  number?: string;
  customerId?: string;
  /** What the guest's name begins with, as {@link nameKey} makes it; where that {@link isWholeName}, the whole of it. */
  guestName?: string;
  statuses?: readonly Status[];
  productId?: string;
  from?: Date;
  until?: Date;
  least?: number;
  most?: number;
  /** Some of its money went back, or was to, at this time or later. */
  refundedFrom?: Date;
};

/** An act that was refused, with the kind of its refusal: whoever repeats it hears the same. */
export type RefusedAct = ActRecord & { kind: ErrorKind };

/** Which records of acts are looked for. */
export type ActFilter = { subject?: string; action?: string; target?: string; from?: Date; until?: Date };

/** Which part of a list of acts is wanted: at most `limit`, older than the cursor's if there is one. */
export type ActPage = { limit: number; before?: { at: Date; id: string } };

/** How many orders have an entry that came to nothing, by what it is (of each order the first). */
export type StuckCounts = ReadonlyMap<OutboxEntry["type"], number>;

/** What staff and operators ask of the store of orders. */
export type OrderRecords = {
  /** Newest first. */
  search(filter: OrderFilter, page: Page): Promise<readonly Order[]>;
  /** Orders in a status, the oldest first, at most `most`. */
  inStatus(status: Status, most: number): Promise<readonly Order[]>;
  /** Meals that are ready since then at the earliest, the newest first, at most `most`. */
  finished(since: Date, most: number): Promise<readonly Order[]>;
  /** Keeps that an act was refused, once an id. */
  refuse(act: RefusedAct): Promise<void>;
  refusal(requestId: string): Promise<RefusedAct | undefined>;
  /** What was done and what was refused, newest first. */
  acts(filter: ActFilter, page: ActPage): Promise<readonly ActRecord[]>;
  stuck(): Promise<StuckCounts>;
  /** Orders of which something came to nothing, at most `most`. */
  stuckOrders(most: number): Promise<readonly Order[]>;
  /** Orders with which something was wrong, what was seen last first, at most `most`. */
  faulty(most: number): Promise<readonly Order[]>;
  /** How many unpaid orders should have ended before this time. */
  countOverdue(before: Date): Promise<number>;
};

/** Whether a record of an act is one of those that are looked for. */
export function matches(act: ActRecord, { subject, action, target, from, until }: ActFilter): boolean {
  const same = (wanted: string | undefined, is: string) => wanted === undefined || wanted === is;
  return (
    same(subject, act.subject) &&
    same(action, act.action) &&
    same(target, act.target) &&
    (from === undefined || act.at >= from) &&
    (until === undefined || act.at < until)
  );
}

/** The page of these acts, newest first. */
export function pageOf(acts: readonly ActRecord[], { limit, before }: ActPage): readonly ActRecord[] {
  const isOlder = (one: { at: Date; id: string }, other: { at: Date; id: string }) =>
    one.at.getTime() < other.at.getTime() || (one.at.getTime() === other.at.getTime() && one.id < other.id);
  return acts
    .filter((act) => before === undefined || isOlder(act, before))
    .toSorted((a, b) => (isOlder(a, b) ? 1 : -1))
    .slice(0, limit);
}
