import { type Db, type Filter, type FindOptions, MongoServerError } from "mongodb";
import type { Order } from "../domain/order.ts";
import {
  type ActFilter,
  type ActPage,
  type OrderFilter,
  type OrderRecords,
  pageOf,
  type RefusedAct,
} from "../domain/orderRecords.ts";
import type { Page } from "../domain/orderRepository.ts";
import { isOpen, statuses } from "../domain/status.ts";
import { amountTime } from "./amountTime.ts";
import { always, doneActs } from "./mongoActs.ts";
import { lacking } from "./mongoLacking.ts";
import type { InTime } from "./orderBatches.ts";
import { type OrderDocument, restored } from "./orderDocument.ts";
import { found, withoutNumber } from "./orderFilter.ts";

type Refusal = Omit<RefusedAct, "id"> & { _id: string };

const duplicateKey = 11_000;

/** As many orders as are soon read and put in order. */
const rare = 100;

type Condition = Record<string, object | string>;

/** The kinds of entries that may come to nothing. */
const mayBeStuck = ["order.created", "order.cancelled", "sale", "refund", "partial_refund"] as const;

/**
 * What staff and operators ask of MongoDB. Acts are in the documents of their orders; what was refused changed no order
 * and is in a collection of its own.
 */
export async function mongoRecords(db: Db, inTime: InTime): Promise<OrderRecords> {
  const orders = db.collection<OrderDocument>("orders");
  const refusals = db.collection<Refusal>("refused_acts");
  await orders.createIndex({ placedAt: -1, _id: -1 });
  await orders.createIndex({ number: 1 });
  for (const field of ["finishedAt", "refundedAt", "stuckType", "foundAt", "actedAt", "guestNameKey", "amountTime"])
    await orders.createIndex({ [field]: 1 }, { sparse: true });
  await refusals.createIndex({ at: -1 });
  const [lackNumber, lackAmount] = [lacking(orders, inTime, "number"), lacking(orders, inTime, "amountTime")];
  const find = async (filter: Filter<OrderDocument>, options: FindOptions) =>
    (await inTime(orders.find(filter, options).toArray(), "find orders")).map(restored);

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
  async function ofRareAmount(filter: OrderFilter, page: Page): Promise<Order[] | undefined> {
    const { least, most, number, customerId, guestNameKey } = filter;
    if ((least ?? most) === undefined || (number ?? customerId ?? guestNameKey) !== undefined) return undefined;
    if (await lackAmount()) return undefined;
    const wanted = {
      amountTime: {
        ...(least !== undefined && { $gte: amountTime(least) }),
        ...(most !== undefined && { $lte: amountTime(most) }),
      },
    };
    const some = orders.find(wanted, { projection: { _id: 1 }, limit: rare + 1 });
    if ((await inTime(some.toArray(), "find orders")).length > rare) return undefined;
    return fewest(wanted, found(filter), page);
  }

  /**
   * Newest first. It is sorted by one time alone, in a range that the filter names: so an index gives the order, here
   * and in FerretDB. Who were placed in one moment are put in order by themselves where a page begins or ends with them.
   */
  async function newest(wanted: (filter: OrderFilter) => Filter<OrderDocument>, filter: OrderFilter, page: Page) {
    const { limit, before } = page;
    const { from, until } = filter;
    const { refundedAt, ...others } = wanted(filter);
    if (refundedAt) return fewest({ refundedAt }, others, page);
    const isWithin = before && !(from && before.placedAt < from) && !(until && before.placedAt >= until);
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

  return {
    async search(filter, page) {
      const those = (await ofRareAmount(filter, page)) ?? (await newest(found, filter, page));
      const { number } = filter;
      if (number === undefined || those.length > 0 || !(await lackNumber())) return those;
      return newest((of) => withoutNumber(of, number), filter, page);
    },

    inStatus: (status, most) => find({ status }, { sort: { placedAt: 1 }, limit: most }),

    finished: (since, most) => find({ finishedAt: { $gte: since } }, { sort: { finishedAt: -1 }, limit: most }),

    async refuse({ id, ...act }) {
      try {
        await inTime(refusals.insertOne({ _id: id, ...act }), "insert refused_acts");
      } catch (error) {
        if (!(error instanceof MongoServerError) || error.code !== duplicateKey) throw error;
      }
    },

    async refusal(requestId) {
      const refusal = await inTime(refusals.findOne({ _id: requestId }), "find refused_acts");
      if (!refusal) return undefined;
      const { _id: id, ...act } = refusal;
      return { id, ...act };
    },

    async acts(filter, page) {
      const older = olderThan(page);
      const refused = refusals.find(
        { $and: [wanted(filter), older("at", "_id")] },
        { sort: { at: -1, _id: -1 }, limit: page.limit },
      );
      const [done, others] = await Promise.all([
        doneActs(find, filter, page),
        inTime(refused.toArray(), "find refused_acts"),
      ]);
      const shown = others.map(({ _id: id, kind: _, ...act }) => ({ id, ...act }));
      return pageOf([...done, ...shown], page);
    },

    async stuck() {
      const count = async (type: (typeof mayBeStuck)[number]) =>
        [type, await inTime(orders.countDocuments({ stuckType: type }), "aggregate orders")] as const;
      return new Map((await Promise.all(mayBeStuck.map(count))).filter(([, number]) => number > 0));
    },

    async stuckOrders(most) {
      // One kind after the other: a list of them is no index's.
      const all = await Promise.all(mayBeStuck.map((stuckType) => find({ stuckType }, { limit: most })));
      return all.flat().slice(0, most);
    },

    faulty: (most) => find({ foundAt: always }, { sort: { foundAt: -1 }, limit: most }),

    countOverdue: (before) =>
      inTime(
        orders.countDocuments({ status: { $in: statuses.filter(isOpen) }, expiresAt: { $lte: before } }),
        "aggregate orders",
      ),
  };
}

const momentOf = ({ snapshot }: Order) => snapshot.history[0]?.at ?? new Date(0);

function newestFirst(a: Order, b: Order): number {
  return momentOf(b).getTime() - momentOf(a).getTime() || (a.snapshot.id < b.snapshot.id ? 1 : -1);
}

function olderThan({ before }: ActPage): (at: string, id: string) => Condition {
  if (!before) return () => ({});
  return (at, id): Condition => ({
    $or: [{ [at]: { $lt: before.at } }, { [at]: before.at, [id]: { $lt: before.id } }],
  });
}

function wanted({ subject, action, target, from, until }: ActFilter): Condition {
  const at = { ...(from && { $gte: from }), ...(until && { $lt: until }) };
  return {
    ...((from || until) && { at }),
    ...(subject !== undefined && { subject }),
    ...(action !== undefined && { action }),
    ...(target !== undefined && { target }),
  };
}
