import type { Db } from "mongodb";
import type { InTime, OrderBatches } from "./orderBatches.ts";
import { replacement } from "./orderBatches.ts";
import { fromDocument, isLacking, type OrderDocument, telling, toDocument } from "./orderDocument.ts";

/** How many orders are looked at by one call: the server answers that soon, whatever else it has to do. */
const together = 100;

/** How far the orders are filled: all that were placed before `until`. */
type Progress = { _id: "orders"; until: Date };

/** What orders lack that an earlier version wrote last, and how far that is made good. */
export type MongoBackfill = {
  run(before: Date): Promise<"more" | "done">;
  /** Orders that were placed before this lack nothing that they are found by. */
  filledUntil(): Promise<Date>;
};

/**
 * Orders are gone through once, in the order of their placing, which an index gives, and how far is kept beside them.
 * Replicas that do it at once only do it twice: each write demands the revision that was read.
 */
export function mongoBackfill(db: Db, batches: OrderBatches, patienceMs: number, inTime: InTime): MongoBackfill {
  const orders = db.collection<OrderDocument>("orders");
  const progress = db.collection<Progress>("backfills");

  const filledUntil = async () =>
    (await inTime(progress.findOne({ _id: "orders" }), "find backfills"))?.until ?? new Date(0);

  /** @returns false when somebody else wrote it meanwhile: that may have been a version that knows less. */
  async function fill(id: string): Promise<boolean> {
    const document = await batches.find(id);
    if (!document || !isLacking(document)) return true;
    const next = nextOf(document);
    return next === undefined || batches.replace(replacement(document, next));
  }

  /** As this version writes it. What cannot be read is left to who asks for it, and does not keep the others. */
  function nextOf(document: OrderDocument): OrderDocument | undefined {
    try {
      return toDocument(fromDocument(document), patienceMs, document);
    } catch {
      return undefined;
    }
  }

  return {
    filledUntil,

    async run(before) {
      const from = await filledUntil();
      const range = { placedAt: { $gte: from, $lt: before } };
      for (let limit = together; ; limit *= 2) {
        const read = orders.find(range, { sort: { placedAt: 1 }, limit, projection: { placedAt: 1, ...telling } });
        const documents = await inTime(read.toArray(), "find orders");
        const last = documents.at(-1);
        const isEnd = documents.length < limit || !last;
        // More orders than are read at once may share one moment.
        if (!isEnd && last.placedAt.getTime() === from.getTime()) continue;
        const filled = await Promise.all(documents.filter(isLacking).map(({ _id }) => fill(_id)));
        if (filled.includes(false)) return "more";
        const until = isEnd ? before : last.placedAt;
        // An idle shop writes nothing.
        if (last && until > from)
          await inTime(progress.replaceOne({ _id: "orders" }, { until }, { upsert: true }), "update backfills");
        return isEnd ? "done" : "more";
      }
    },
  };
}
