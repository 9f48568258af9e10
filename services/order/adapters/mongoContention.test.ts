import type { Db } from "mongodb";
import { expect, test } from "vitest";
import { keptLogs } from "#common/testing/logs";
import { placed } from "../testing/orders.ts";
import { mongoOrders } from "./mongoOrders.ts";
import { toDocument } from "./orderDocument.ts";

/** A store with one order that somebody else always writes between our read and our write. */
function contended() {
  const document = toDocument(placed().snapshot, 60_000);
  const seen = { reads: 0, writes: 0 };
  const collection = {
    createIndex: async () => "",
    async findOne() {
      seen.reads++;
      return { ...document, revision: document.revision + seen.reads };
    },
    async replaceOne() {
      seen.writes++;
      return { matchedCount: 0 };
    },
  };
  return { id: document._id, seen, db: { collection: () => collection } as unknown as Db };
}

test("however many lists are asked for at once, few of them are read at a time: the rest is for orders", async () => {
  const seen = { underWay: 0, most: 0 };
  const find = () => ({
    async toArray() {
      seen.most = Math.max(seen.most, ++seen.underWay);
      await new Promise(setImmediate);
      seen.underWay--;
      return [];
    },
  });
  const collection = { createIndex: async () => "", find };
  const orders = await mongoOrders({ collection: () => collection } as unknown as Db);
  const pages = await Promise.all(Array.from({ length: 256 }, () => orders.list("ann", { limit: 10 })));
  expect([pages.length, seen.most]).toEqual([256, 8]);
});

test.each(["claimDue", "claimResting"] as const)(
  "a document that cannot be read holds no other: %s leaves it alone for an hour, and the log names it",
  async (claim) => {
    const now = new Date(Date.now() + 3_600_000);
    const sound = toDocument(placed().snapshot, 60_000);
    const { outbox: _outbox, total: _total, ...broken } = toDocument(placed().snapshot, 60_000);
    const written: (typeof sound)[] = [];
    const collection = {
      createIndex: async () => "",
      find: () => ({ toArray: async () => [broken, sound] }),
      async bulkWrite(operations: { replaceOne: { replacement: typeof sound } }[]) {
        written.push(...operations.map(({ replaceOne }) => replaceOne.replacement));
        return { matchedCount: operations.length };
      },
    };
    const logger = keptLogs();
    const db = { collection: () => collection } as unknown as Db;
    const orders = await mongoOrders(db, 60_000, (call) => call, logger);
    const claimed = await orders[claim](now, 10);
    expect(claimed.map(({ snapshot: { id } }) => id)).toEqual([sound._id]);
    expect(logger.lines).toMatchObject([{ level: "error", fields: { orderId: broken._id } }]);
    const left = written.find(({ _id }) => _id === broken._id);
    const again = claim === "claimDue" ? left?.outboxDueAt : left?.lookAt;
    expect(again?.getTime()).toBe(now.getTime() + 3_600_000);
  },
);

test("who loses every race for an order is to ask again: nothing was said of the order itself", async () => {
  const { id, seen, db } = contended();
  const orders = await mongoOrders(db);
  const change = orders.update(id, (order) =>
    order.requestPayment("https://pay.example/1", { at: new Date(0), traceId: "" }),
  );
  await expect(change).rejects.toMatchObject({ name: "AppError", kind: "unavailable" });
  expect(seen).toEqual({ reads: 5, writes: 5 });
});
