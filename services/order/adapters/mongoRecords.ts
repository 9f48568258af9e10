import { type Db, type Filter, type FindOptions, MongoServerError } from "mongodb";
import type { ActRecord } from "../domain/act.ts";
import { Order } from "../domain/order.ts";
import { type ActFilter, type ActPage, type OrderRecords, pageOf, type RefusedAct } from "../domain/orderRecords.ts";
import type { Page } from "../domain/orderRepository.ts";
import { isOpen, statuses } from "../domain/status.ts";
import type { InTime } from "./orderBatches.ts";
import { fromDocument, type OrderDocument } from "./orderDocument.ts";
import { found, withoutNumber } from "./orderFilter.ts";

type Refusal = Omit<RefusedAct, "id"> & { _id: string };

/** The last moment that a Date can be: "until" it is always, and an index serves that. */
const always = { $lte: new Date(8.64e15) };

const duplicateKey = 11_000;

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
  for (const field of ["finishedAt", "refundedAt", "stuckType", "foundAt", "acts.at", "guestNameKey"])
    await orders.createIndex({ [field]: 1 }, { sparse: true });
  await refusals.createIndex({ at: -1 });
  const find = async (filter: Filter<OrderDocument>, options: FindOptions) =>
    (await inTime(orders.find(filter, options).toArray())).map((one) => Order.restore(fromDocument(one)));

  /** Newest first, by the index of when they were placed. */
  const newest = (filter: Filter<OrderDocument>, { limit, before }: Page) => {
    const older = before && {
      $or: [{ placedAt: { $lt: before.placedAt } }, { placedAt: before.placedAt, _id: { $lt: before.id } }],
    };
    return find({ $and: [filter, older ?? {}] }, { sort: { placedAt: -1, _id: -1 }, limit });
  };

  return {
    async search(filter, page) {
      const those = await newest(found(filter), page);
      if (filter.number === undefined || those.length > 0) return those;
      return newest(withoutNumber(filter, filter.number), page);
    },

    inStatus: (status, most) => find({ status }, { sort: { placedAt: 1 }, limit: most }),

    finished: (since, most) => find({ finishedAt: { $gte: since } }, { sort: { finishedAt: -1 }, limit: most }),

    async refuse({ id, ...act }) {
      try {
        await inTime(refusals.insertOne({ _id: id, ...act }));
      } catch (error) {
        if (!(error instanceof MongoServerError) || error.code !== duplicateKey) throw error;
      }
    },

    async refusal(requestId) {
      const refusal = await inTime(refusals.findOne({ _id: requestId }));
      if (!refusal) return undefined;
      const { _id: id, ...act } = refusal;
      return { id, ...act };
    },

    async acts(filter, page) {
      const older = olderThan(page);
      const done = orders.aggregate<{ acts: ActRecord }>([
        { $match: { $and: [wanted(filter, "acts."), page.before ? { "acts.at": { $lte: page.before.at } } : {}] } },
        { $unwind: "$acts" },
        { $match: { $and: [wanted(filter, "acts."), older("acts.at", "acts.id")] } },
        { $project: { acts: 1 } },
        { $sort: { "acts.at": -1, "acts.id": -1 } },
        { $limit: page.limit },
      ]);
      const refused = refusals.find(
        { $and: [wanted(filter, ""), older("at", "_id")] },
        { sort: { at: -1, _id: -1 }, limit: page.limit },
      );
      const [acts, others] = await Promise.all([inTime(done.toArray()), inTime(refused.toArray())]);
      const shown = others.map(({ _id: id, kind: _, ...act }) => ({ id, ...act }));
      return pageOf([...acts.map((one) => one.acts), ...shown], page);
    },

    async stuck() {
      const count = async (type: (typeof mayBeStuck)[number]) =>
        [type, await inTime(orders.countDocuments({ stuckType: type }))] as const;
      return new Map((await Promise.all(mayBeStuck.map(count))).filter(([, number]) => number > 0));
    },

    async stuckOrders(most) {
      // One kind after the other: a list of them is no index's.
      const all = await Promise.all(mayBeStuck.map((stuckType) => find({ stuckType }, { limit: most })));
      return all.flat().slice(0, most);
    },

    faulty: (most) => find({ foundAt: always }, { sort: { foundAt: -1 }, limit: most }),

    countOverdue: (before) =>
      inTime(orders.countDocuments({ status: { $in: statuses.filter(isOpen) }, expiresAt: { $lte: before } })),
  };
}

function olderThan({ before }: ActPage): (at: string, id: string) => Condition {
  if (!before) return () => ({});
  return (at, id): Condition => ({
    $or: [{ [at]: { $lt: before.at } }, { [at]: before.at, [id]: { $lt: before.id } }],
  });
}

function wanted({ subject, action, target, from, until }: ActFilter, of: string): Condition {
  const at = { ...(from && { $gte: from }), ...(until && { $lt: until }) };
  return {
    // Only an order with acts has this: the index of them serves.
    [`${of}at`]: { $gte: new Date(0), ...at },
    ...(subject !== undefined && { [`${of}subject`]: subject }),
    ...(action !== undefined && { [`${of}action`]: action }),
    ...(target !== undefined && { [`${of}target`]: target }),
  };
}
