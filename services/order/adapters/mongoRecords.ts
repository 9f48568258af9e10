import { type Db, type Filter, type FindOptions, MongoServerError } from "mongodb";
import { type ActFilter, type ActPage, type OrderRecords, pageOf, type RefusedAct } from "../domain/orderRecords.ts";
import { entryTypes } from "../domain/outbox.ts";
import { isOpen, statuses } from "../domain/status.ts";
import { always, doneActs } from "./mongoActs.ts";
import type { MongoBackfill } from "./mongoBackfill.ts";
import { mongoSearch } from "./mongoSearch.ts";
import type { InTime } from "./orderBatches.ts";
import { type OrderDocument, restored } from "./orderDocument.ts";

type Refusal = Omit<RefusedAct, "id"> & { _id: string };

const duplicateKey = 11_000;

type Condition = Record<string, object | string>;

/**
 * What staff and operators ask of MongoDB. Acts are in the documents of their orders; what was refused changed no order
 * and is in a collection of its own.
 */
export async function mongoRecords(
  db: Db,
  inTime: InTime,
  filledUntil: MongoBackfill["filledUntil"],
): Promise<OrderRecords> {
  const orders = db.collection<OrderDocument>("orders");
  const refusals = db.collection<Refusal>("refused_acts");
  await orders.createIndex({ placedAt: -1, _id: -1 });
  await orders.createIndex({ number: 1 });
  // FerretDB cannot look into a list by an index: there such a search reads orders until a page is full.
  await orders.createIndex({ "lines.productId": 1, placedAt: -1 });
  for (const field of ["finishedAt", "refundedAt", "stuckType", "foundAt", "actedAt", "guestNameStart", "amountTime"])
    await orders.createIndex({ [field]: 1 }, { sparse: true });
  await refusals.createIndex({ at: -1 });
  const find = async (filter: Filter<OrderDocument>, options: FindOptions) =>
    (await inTime(orders.find(filter, options).toArray(), "find orders")).map(restored);

  return {
    search: mongoSearch({ collection: orders, inTime, find, filledUntil }),

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
      const count = async (type: (typeof entryTypes)[number]) =>
        [type, await inTime(orders.countDocuments({ stuckType: type }), "aggregate orders")] as const;
      return new Map((await Promise.all(entryTypes.map(count))).filter(([, number]) => number > 0));
    },

    async stuckOrders(most) {
      // One kind after the other: a list of them is no index's.
      const all = await Promise.all(entryTypes.map((stuckType) => find({ stuckType }, { limit: most })));
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
