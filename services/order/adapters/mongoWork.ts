import type { Collection, Filter, FindOptions } from "mongodb";
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
};

/** The last moment that a Date can be, in milliseconds. */
const lastMoment = 8.64e15;

type MongoWork = Pick<
  OrderRepository,
  "claimDue" | "claimResting" | "cookable" | "claimedBy" | "outboxDepth" | "count" | "countPending"
>;

/** Which orders in MongoDB there is something to be done with, by the outbox, the caretaker and the kitchens. */
export function mongoWork({ collection, inTime, store, recent, patienceMs }: MongoWorkDeps): MongoWork {
  const find = (filter: Filter<OrderDocument>, options: FindOptions) =>
    inTime(collection.find(filter, options).toArray(), "find orders");

  /** Of the documents those that nobody else has written since they were read, each put off until later. */
  async function claimAll(
    documents: readonly OrderDocument[],
    later: (document: OrderDocument) => OrderDocument,
  ): Promise<Order[]> {
    const claimed = await Promise.all(
      documents.map((document) => store(document, { ...later(document), revision: document.revision + 1 })),
    );
    return documents.filter((_, index) => claimed[index]).map(restored);
  }

  return {
    async claimDue(now, limit) {
      const due = await find({ outboxState: "open", outboxDueAt: { $lte: now } }, { limit });
      return claimAll(due, (document) => ({ ...document, outboxDueAt: nextDue(document.outbox, now) }));
    },

    async claimResting(now, limit) {
      const resting = await find({ lookAt: { $lte: now } }, { sort: { lookAt: 1 }, limit });
      return claimAll(resting, (document) => {
        const order = fromDocument(document);
        // Whatever else the version before did not write is written with it.
        const { lookAt: _, ...looked } = toDocument(order, patienceMs, document);
        const lookAt = nextLook(order, now, patienceMs);
        return { ...looked, ...(lookAt && { lookAt }) };
      });
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
