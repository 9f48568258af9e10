import type { Db } from "mongodb";
import { expect, test } from "vitest";
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

test("who loses every race for an order is to ask again: nothing was said of the order itself", async () => {
  const { id, seen, db } = contended();
  const orders = await mongoOrders(db);
  const change = orders.update(id, (order) =>
    order.requestPayment("https://pay.example/1", { at: new Date(0), traceId: "" }),
  );
  await expect(change).rejects.toMatchObject({ name: "AppError", kind: "unavailable" });
  expect(seen).toEqual({ reads: 5, writes: 5 });
});
