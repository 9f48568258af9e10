import type { Collection, Filter, FindOptions } from "mongodb";
import type { Order } from "../domain/order.ts";
import type { OrderFilter, OrderRecords } from "../domain/orderRecords.ts";
import type { Page } from "../domain/orderRepository.ts";
import { amountTime } from "./amountTime.ts";
import { always } from "./mongoActs.ts";
import type { MongoBackfill } from "./mongoBackfill.ts";
import type { InTime } from "./orderBatches.ts";
import type { OrderDocument } from "./orderDocument.ts";
import { found, foundByIndex, withoutNumber } from "./orderFilter.ts";

/** As many orders as are soon read and put in order. */
const rare = 100;

/** What {@link mongoSearch} works with. */
export type MongoSearchDeps = {
  collection: Collection<OrderDocument>;
  inTime: InTime;
  find: (filter: Filter<OrderDocument>, options: FindOptions) => Promise<readonly Order[]>;
  filledUntil: MongoBackfill["filledUntil"];
};

type Wanted = (filter: OrderFilter) => Filter<OrderDocument>;

/** How staff look for orders in MongoDB: by the index that finds fewest of them. */
export function mongoSearch({ collection, inTime, find, filledUntil }: MongoSearchDeps): OrderRecords["search"] {
  /** Those of one moment, the later ids first. */
  const placedAt = (filter: Filter<OrderDocument>, at: Date, limit: number, before?: string) =>
    find({ ...filter, placedAt: at, ...(before && { _id: { $lt: before } }) }, { sort: { _id: -1 }, limit });

  /** Few of all orders fit, so they are put in order when they are found: `indexed` is to find them. */
  function fewest(indexed: Filter<OrderDocument>, others: Filter<OrderDocument>, { limit, before }: Page) {
    const older = before && {
      $or: [{ placedAt: { $lt: before.placedAt } }, { placedAt: before.placedAt, _id: { $lt: before.id } }],
    };
    const filter = { ...indexed, $and: [others, older ?? {}] } as Filter<OrderDocument>;
    return find(filter, { sort: { placedAt: -1, _id: -1 }, limit });
  }

  /**
   * Orders of amounts that few have. Of those that many have the newest fill a page soon, so they are looked for among all.
   * @returns undefined when many have such a one, or when other indexes find fewer.
   */
  async function ofRareAmount(filter: OrderFilter, page: Page): Promise<readonly Order[] | undefined> {
    const { least, most, customerId, guestName } = filter;
    if ((least ?? most) === undefined || (customerId ?? guestName) !== undefined) return undefined;
    const wanted = {
      amountTime: {
        ...(least !== undefined && { $gte: amountTime(least) }),
        ...(most !== undefined && { $lte: amountTime(most) }),
      },
    };
    const some = collection.find(wanted, { projection: { _id: 1 }, limit: rare + 1 });
    if ((await inTime(some.toArray(), "find orders")).length > rare) return undefined;
    return fewest(wanted, found(filter), page);
  }

  /**
   * Newest first. It is sorted by one time alone, in a range that the filter names: so an index gives the order, here
   * and in FerretDB. Who were placed in one moment are put in order by themselves where a page begins or ends with them.
   */
  async function newest(wanted: Wanted, filter: OrderFilter, page: Page): Promise<readonly Order[]> {
    const { limit, before } = page;
    const { from, until } = filter;
    if (before && from && before.placedAt < from) return [];
    const { refundedAt, ...others } = wanted(filter);
    if (refundedAt) return fewest({ refundedAt }, others, page);
    const isWithin = before && !(until && before.placedAt >= until);
    const range = wanted(isWithin ? { ...filter, until: before.placedAt } : filter);
    const [same, older] = await Promise.all([
      isWithin ? placedAt(wanted(filter), before.placedAt, limit, before.id) : [],
      find({ ...range, placedAt: { ...(range.placedAt as object), ...always } }, { sort: { placedAt: -1 }, limit }),
    ]);
    const last = older.at(-1);
    if (!last || older.length < limit) return [...same, ...older.toSorted(newestFirst)].slice(0, limit);
    const at = momentOf(last);
    const whole = older.filter((order) => momentOf(order) > at).toSorted(newestFirst);
    return [...same, ...whole, ...(await placedAt(wanted(filter), at, limit))].slice(0, limit);
  }

  async function byNumber(number: string, filter: OrderFilter, page: Page): Promise<readonly Order[]> {
    const those = await newest(found, filter, page);
    if (those.length > 0) return those;
    return newest((of) => withoutNumber(of, number), { ...filter, from: later(filter, await filledUntil()) }, page);
  }

  return async (filter, page) => {
    const { number, guestName, least, most } = filter;
    if (number !== undefined) return byNumber(number, filter, page);
    if ((guestName ?? least ?? most) === undefined) return newest(found, filter, page);
    const at = await filledUntil();
    // The newer ones may lack what indexes find them by: usually these are the orders of the last minute.
    const newer = await newest(found, { ...filter, from: later(filter, at) }, page);
    if (newer.length === page.limit) return newer;
    const rest = { ...page, limit: page.limit - newer.length };
    const filled = { ...filter, until: earlier(filter, at) };
    return [...newer, ...((await ofRareAmount(filled, rest)) ?? (await newest(foundByIndex, filled, rest)))];
  };
}

const later = ({ from }: OrderFilter, at: Date) => (from && from > at ? from : at);
const earlier = ({ until }: OrderFilter, at: Date) => (until && until < at ? until : at);

const momentOf = ({ snapshot }: Order) => snapshot.history[0]?.at ?? new Date(0);

function newestFirst(a: Order, b: Order): number {
  return momentOf(b).getTime() - momentOf(a).getTime() || (a.snapshot.id < b.snapshot.id ? 1 : -1);
}
