import type { Filter, FindOptions } from "mongodb";
import type { ActRecord } from "../domain/act.ts";
import type { Order } from "../domain/order.ts";
import { type ActFilter, type ActPage, matches, pageOf } from "../domain/orderRecords.ts";
import type { OrderDocument } from "./orderDocument.ts";

/** The last moment that a Date can be: "until" it is always, and an index serves that. */
export const always = { $lte: new Date(8.64e15) };

type Find = (filter: Filter<OrderDocument>, options: FindOptions) => Promise<readonly Order[]>;

/** How many orders are read at once. */
const together = 50;

/**
 * What was done with orders, newest first. The records lie in their orders, which are read by when the last of theirs
 * was made, until none that is left can have a newer one than the page has.
 */
export async function doneActs(find: Find, filter: ActFilter, page: ActPage): Promise<readonly ActRecord[]> {
  const { subject, action, target, from } = filter;
  const recordsOf = (orders: readonly Order[]) =>
    orders.flatMap(({ snapshot: { acts = [] } }) => acts.filter((act) => matches(act, filter)));
  if (target !== undefined) return pageOf(recordsOf(await find({ _id: target }, { limit: 1 })), page);

  const those = {
    ...(subject !== undefined && { "acts.subject": subject }),
    ...(action !== undefined && { "acts.action": action }),
  } as Filter<OrderDocument>;
  const ends = [page.before?.at, filter.until].filter((at) => at !== undefined).map((at) => at.getTime());
  const end = ends.length > 0 ? new Date(Math.min(...ends)) : undefined;
  // With some orders something was done both before and since.
  const both = end ? await find({ ...those, actedAt: { $gt: end }, actedFrom: { $lte: end } }, {}) : [];
  let found = pageOf(recordsOf(both), page);
  const seen = new Set<string>();
  let until = end ?? always.$lte;
  for (let limit = together; ; ) {
    const orders = await find({ ...those, actedAt: { $lte: until } }, { sort: { actedAt: -1 }, limit });
    const fresh = orders.filter(({ snapshot: { id } }) => !seen.has(id));
    for (const { snapshot } of fresh) seen.add(snapshot.id);
    found = pageOf([...found, ...recordsOf(fresh)], page);
    const last = orders.at(-1)?.snapshot.acts?.at(-1)?.at;
    const oldest = found.at(-1);
    const isFull = found.length === page.limit && last && oldest && oldest.at > last;
    if (orders.length < limit || !last || isFull || (from && last < from)) return found;
    // More orders than are read at once may share one moment.
    if (fresh.length === 0) limit *= 2;
    until = last;
  }
}
