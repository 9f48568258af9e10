import type { Collection, Filter, FindOptions } from "mongodb";
import type { Logger } from "#common/logging";
import type { Order } from "../domain/order.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { nextDue } from "../domain/outbox.ts";
import { nextLook } from "../domain/rest.ts";
import type { InTime } from "./orderBatches.ts";
import { fromDocument, type OrderDocument, restored, toDocument } from "./orderDocument.ts";
import type { RecentDocuments } from "./recentDocuments.ts";

/** What {@link mongoWork} works with. */
export type MongoWorkDeps = {
  collection: Collection<OrderDocument>;
  inTime: InTime;
  /** Stores the next form of a document. @returns false when somebody else was faster. */
  store: (before: OrderDocument, after: OrderDocument) => Promise<boolean>;
  recent: RecentDocuments;
  patienceMs: number;
  logger: Logger;
};

/** How long a document is left alone that cannot be read, in milliseconds: nobody mends it sooner. */
const unreadableMs = 3_600_000;

/** The last moment that a Date can be, in milliseconds. */
const lastMoment = 8.64e15;

type MongoWork = Pick<
  OrderRepository,
  "claimDue" | "claimResting" | "cookable" | "claimedBy" | "outboxDepth" | "count" | "countPending"
>;

/** Which orders in MongoDB there is something to be done with, by the outbox, the caretaker and the kitchens. */
export function mongoWork({ collection, inTime, store, recent, patienceMs, logger }: MongoWorkDeps): MongoWork {
  const find = (filter: Filter<OrderDocument>, options: FindOptions) =>
    inTime(collection.find(filter, options).toArray(), "find orders");

  /**
   * Of the documents those that nobody else has written since they were read, each put off until later. One that cannot
   * be read holds no other: an operator reads its id in the log each time that it was left alone for long enough.
   */
  async function claimAll(
    documents: readonly OrderDocument[],
    later: (document: OrderDocument) => OrderDocument,
    putOff: Partial<OrderDocument>,
  ): Promise<Order[]> {
    const next = documents.map((document) => {
      try {
        return later(document);
      } catch (error) {
        logger.error("an order cannot be read", { orderId: document._id }, error);
        return undefined;
      }
    });
    const claimed = await Promise.all(
      documents.map((document, index) =>
        store(document, { ...(next[index] ?? { ...document, ...putOff }), revision: document.revision + 1 }),
      ),
    );
    return documents.filter((_, index) => claimed[index] && next[index]).map(restored);
  }

  const muchLater = (now: Date) => new Date(now.getTime() + unreadableMs);

  return {
    async claimDue(now, limit) {
      const due = await find({ outboxState: "open", outboxDueAt: { $lte: now } }, { limit });
      const later = (document: OrderDocument) => ({ ...document, outboxDueAt: nextDue(document.outbox, now) });
      return claimAll(due, later, { outboxDueAt: muchLater(now) });
    },

    async claimResting(now, limit) {
      const resting = await find({ lookAt: { $lte: now } }, { sort: { lookAt: 1 }, limit });
      const later = (document: OrderDocument) => {
        const order = fromDocument(document);
        // Whatever else the version before did not write is written with it.
        const { lookAt: _, ...looked } = toDocument(order, patienceMs, document);
        const lookAt = nextLook(order, now, patienceMs);
        return { ...looked, ...(lookAt && { lookAt }) };
      };
      return claimAll(resting, later, { lookAt: muchLater(now) });
    },

    async cookable(now, limit) {
      const waiting = await find({ cookableSince: { $lte: now } }, { sort: { cookableSince: 1 }, limit });
      // Whoever asks is going to claim them.
      for (const document of waiting) recent.keep(document);
      return waiting.map(restored);
    },

    claimedBy: async (kitchenId) => (await find({ claimedBy: kitchenId }, {})).map(restored),

    async outboxDepth() {
      // What waits on purpose has no such time.
      const open = { outboxState: "open", outboxSince: { $lte: new Date(lastMoment) } } as const;
      const [entries, [oldest]] = await Promise.all([
        inTime(collection.countDocuments(open), "aggregate orders"),
        find(open, { projection: { outboxSince: 1 }, sort: { outboxSince: 1 }, limit: 1 }),
      ]);
      return { entries, oldestAt: oldest?.outboxSince };
    },

    async countPending(most) {
      return (await find({ status: "pending" }, { projection: { _id: 1 }, limit: most })).length;
    },

    count: (status) => inTime(collection.countDocuments({ status }), "aggregate orders"),
  };
}
