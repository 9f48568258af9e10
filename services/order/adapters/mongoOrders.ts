import type { Db, Filter, FindOptions } from "mongodb";
import { AppError } from "#common/errors";
import { fewAtOnce } from "#common/fewAtOnce";
import { type Logger, silentLogger } from "#common/logging";
import type { Order } from "../domain/order.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { isOpen, statuses } from "../domain/status.ts";
import { mongoBackfill } from "./mongoBackfill.ts";
import { withDomainErrors } from "./mongoFailures.ts";
import { mongoRecords } from "./mongoRecords.ts";
import { mongoWork } from "./mongoWork.ts";
import { type InTime, orderBatches, replacement } from "./orderBatches.ts";
import { type OrderDocument, restored, toDocument } from "./orderDocument.ts";
import { recentDocuments } from "./recentDocuments.ts";
import { tracedCalls } from "./tracedCalls.ts";

const attempts = 5;

/** An order changes about five times within a minute, so these are the orders of a minute at a rate that nobody has. */
const mostRecent = 5_000;

/** How many lists are read at once: whoever turns pages leaves most connections to those who order. */
const listsAtOnce = 8;

/**
 * Orders in MongoDB. Only what FerretDB does too: writes of one document, no transactions, and as filters plain
 * equality on top-level strings, or "until" a time, wherever an index has to serve. Orders may rest for `patienceMs`
 * before they are looked at. Each call to the server goes through `answeredInTime`.
 */
export async function mongoOrders(
  db: Db,
  patienceMs = 60_000,
  answeredInTime: InTime = (call) => call,
  logger: Logger = silentLogger,
): Promise<OrderRepository> {
  const collection = db.collection<OrderDocument>("orders");
  await collection.createIndex({ customerId: 1, placedAt: -1 });
  await collection.createIndex({ outboxState: 1, outboxDueAt: 1 }, { sparse: true });
  await collection.createIndex({ status: 1, placedAt: -1 });
  await collection.createIndex({ lookAt: 1 }, { sparse: true });
  await collection.createIndex({ cookableSince: 1 }, { sparse: true });
  await collection.createIndex({ claimedBy: 1 }, { sparse: true });
  const inTime = withDomainErrors(tracedCalls(answeredInTime));
  const orders = orderBatches(collection, inTime);
  const backfill = mongoBackfill(db, orders, patienceMs, inTime);
  const recent = recentDocuments(mostRecent);
  const findMany = (filter: Filter<OrderDocument>, options: FindOptions) =>
    inTime(collection.find(filter, options).toArray(), "find orders");

  async function add(order: Order): Promise<"added" | "exists"> {
    const document = toDocument(order.snapshot, patienceMs);
    const outcome = await orders.insert(document);
    if (outcome === "added") recent.keep(document);
    return outcome;
  }

  /** Stores the next form of a document, unless somebody else was faster. */
  async function store(before: OrderDocument, after: OrderDocument): Promise<boolean> {
    const change = replacement(before, after);
    const { next } = change;
    const isStored = await orders.replace(change);
    if (isStored) recent.keep(next);
    else recent.forget(next._id);
    return isStored;
  }

  /** What a document has become by a change; undefined when nothing changed. */
  function applyChange(document: OrderDocument, change: (order: Order) => boolean): [Order, OrderDocument | undefined] {
    const order = restored(document);
    return [order, change(order) ? toDocument(order.snapshot, patienceMs, document) : undefined];
  }

  /**
   * The order that this process wrote last saves a read. That it has not changed since is seen by the write alone, so
   * what would not write is decided by what is stored.
   */
  async function updateRecent(id: string, change: (order: Order) => boolean): Promise<Order | undefined> {
    const document = recent.get(id);
    if (!document) return undefined;
    let order: Order;
    let next: OrderDocument | undefined;
    try {
      [order, next] = applyChange(document, change);
    } catch {
      // Refused, perhaps for what is over by now: the stored order says whether.
      return undefined;
    }
    return next && (await store(document, next)) ? order : undefined;
  }

  async function update(id: string, change: (order: Order) => boolean): Promise<Order> {
    const first = await updateRecent(id, change);
    if (first) return first;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const document = await orders.find(id);
      if (!document) throw new AppError("not_found", "There is no such order");
      const [order, next] = applyChange(document, change);
      if (!next || (await store(document, next))) return order;
    }
    // Nothing was said of the order itself: whoever asked may ask again.
    throw new AppError("unavailable", "Others keep changing this order. Try again.");
  }

  const readList = fewAtOnce(listsAtOnce);

  return {
    ...(await mongoRecords(db, inTime, backfill.filledUntil)),
    backfill: backfill.run,
    ...mongoWork({ collection, inTime, store, recent, patienceMs, logger }),
    add,
    update,

    async get(id) {
      const document = await orders.find(id);
      return document && restored(document);
    },

    async list(customerId, { limit, before }) {
      const older = before && {
        $or: [{ placedAt: { $lt: before.placedAt } }, { placedAt: before.placedAt, _id: { $lt: before.id } }],
      };
      const sort = { placedAt: -1, _id: -1 } as const;
      return (await readList(() => findMany({ customerId, ...older }, { sort, limit }))).map(restored);
    },

    async countOpen(customerId, most) {
      const open = { customerId, status: { $in: statuses.filter(isOpen) } };
      return (await findMany(open, { projection: { _id: 1 }, limit: most })).length;
    },
  };
}
