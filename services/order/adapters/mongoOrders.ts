import {
  type Collection,
  type Db,
  type Filter,
  type FindOptions,
  MongoBulkWriteError,
  MongoServerError,
  type UpdateFilter,
} from "mongodb";
import { batched } from "#common/batch";
import { AppError } from "#common/errors";
import { Order } from "../domain/order.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { nextDue } from "../domain/outbox.ts";
import { nextLook } from "../domain/rest.ts";
import { isOpen, statuses } from "../domain/status.ts";
import { withDomainErrors } from "./mongoFailures.ts";
import { fromDocument, type OrderDocument, toDocument } from "./orderDocument.ts";

const largestBatch = 200;
const attempts = 5;
const duplicateKey = 11_000;

/**
 * Orders in MongoDB. Only what FerretDB does too: writes of one document, no transactions, and as filters plain
 * equality on top-level strings, or "until" a time, wherever an index has to serve. Orders may rest for `patienceMs`
 * before they are looked at. Each call to the server goes through `inTime`.
 */
export async function mongoOrders(
  db: Db,
  patienceMs = 60_000,
  inTime: InTime = (call) => call,
): Promise<OrderRepository> {
  const collection = db.collection<OrderDocument>("orders");
  await collection.createIndex({ customerId: 1, placedAt: -1 });
  await collection.createIndex({ outboxState: 1, outboxDueAt: 1 }, { sparse: true });
  await collection.createIndex({ status: 1 });
  await collection.createIndex({ lookAt: 1 }, { sparse: true });
  const orders = documentsOf(collection, inTime);
  const insert = batched((batch: readonly OrderDocument[]) => insertAll(orders, batch), largestBatch);

  return withDomainErrors({
    add: (order) => insert(toDocument(order.snapshot, patienceMs)),

    async get(id) {
      const document = await orders.findOne({ _id: id });
      return document ? restored(document) : undefined;
    },

    async list(customerId, { limit, before }) {
      const older = before && {
        $or: [{ placedAt: { $lt: before.placedAt } }, { placedAt: before.placedAt, _id: { $lt: before.id } }],
      };
      const sort = { placedAt: -1, _id: -1 } as const;
      return (await orders.find({ customerId, ...older }, { sort, limit })).map(restored);
    },

    async countOpen(customerId, most) {
      const open = { customerId, status: { $in: statuses.filter(isOpen) } };
      return (await orders.find(open, { projection: { _id: 1 }, limit: most })).length;
    },

    async update(id, change) {
      for (let attempt = 0; attempt < attempts; attempt++) {
        const document = await orders.findOne({ _id: id });
        if (!document) throw new AppError("not_found", "There is no such order");
        const order = restored(document);
        if (!change(order)) return order;
        const { revision } = document;
        const stored = await orders.replaceOne({ _id: id, revision }, toDocument(order.snapshot, patienceMs, document));
        if (stored.matchedCount === 1) return order;
      }
      throw new AppError("conflict", "Others keep changing this order. Try again.");
    },

    async claimDue(now, limit) {
      const due = await orders.find({ outboxState: "open", outboxDueAt: { $lte: now } }, { limit });
      return claimed(orders, due, ({ outbox }) => ({ $set: { outboxDueAt: nextDue(outbox, now) } }));
    },

    async claimResting(now, limit) {
      const resting = await orders.find({ lookAt: { $lte: now } }, { limit });
      return claimed(orders, resting, (document) => {
        const lookAt = nextLook(fromDocument(document), now, patienceMs);
        return lookAt ? { $set: { lookAt } } : { $unset: { lookAt: "" } };
      });
    },

    async outboxDepth() {
      const open = { outboxState: "open" } as const;
      const [entries, [oldest]] = await Promise.all([
        orders.countDocuments(open),
        orders.find(open, { projection: { outboxSince: 1 }, sort: { outboxSince: 1 }, limit: 1 }),
      ]);
      return { entries, oldestAt: oldest?.outboxSince };
    },

    count: (status) => orders.countDocuments({ status }),
  });
}

type InTime = <T>(call: Promise<T>) => Promise<T>;

/** What is asked of the collection; nothing waits for the server longer than `inTime` lets it. */
type Documents = ReturnType<typeof documentsOf>;

function documentsOf(orders: Collection<OrderDocument>, inTime: InTime) {
  return {
    findOne: (filter: Filter<OrderDocument>) => inTime(orders.findOne(filter)),
    find: (filter: Filter<OrderDocument>, options: FindOptions) => inTime(orders.find(filter, options).toArray()),
    countDocuments: (filter: Filter<OrderDocument>) => inTime(orders.countDocuments(filter)),
    insertMany: (added: readonly OrderDocument[]) => inTime(orders.insertMany(added, { ordered: false })),
    replaceOne: (filter: Filter<OrderDocument>, document: OrderDocument) => inTime(orders.replaceOne(filter, document)),
    updateOne: (filter: Filter<OrderDocument>, update: UpdateFilter<OrderDocument>) =>
      inTime(orders.updateOne(filter, update)),
  };
}

function restored(document: OrderDocument): Order {
  return Order.restore(fromDocument(document));
}

/** Of the documents those that nobody else has written since they were read, each put off until later. */
async function claimed(
  orders: Documents,
  documents: readonly OrderDocument[],
  later: (document: OrderDocument) => Pick<UpdateFilter<OrderDocument>, "$set" | "$unset">,
): Promise<Order[]> {
  const mine: Order[] = [];
  for (const document of documents) {
    const { _id, revision } = document;
    const { matchedCount } = await orders.updateOne({ _id, revision }, { ...later(document), $inc: { revision: 1 } });
    if (matchedCount === 1) mine.push(restored(document));
  }
  return mine;
}

/** One write for all; each document gets its own answer. */
async function insertAll(orders: Documents, documents: readonly OrderDocument[]): Promise<("added" | "exists")[]> {
  try {
    await orders.insertMany(documents);
    return documents.map(() => "added");
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError) && !(error instanceof MongoServerError)) throw error;
    const failures = error instanceof MongoBulkWriteError ? [error.writeErrors].flat() : [];
    if (failures.length === 0 || failures.some(({ code }) => code !== duplicateKey)) throw error;
    const taken = new Set(failures.map(({ index }) => index));
    return documents.map((_, index) => (taken.has(index) ? "exists" : "added"));
  }
}
