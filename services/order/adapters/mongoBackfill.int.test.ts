import { randomBytes } from "node:crypto";
import { MongoClient } from "mongodb";
import { expect, inject, onTestFinished, test } from "vitest";
import { numberOf } from "../domain/number.ts";
import type { OrderFilter } from "../domain/orderRecords.ts";
import { anAct } from "../testing/acts.ts";
import { placed, sold, stamp } from "../testing/orders.ts";
import { mongoOrders } from "./mongoOrders.ts";
import type { OrderDocument } from "./orderDocument.ts";

const { at: ages } = stamp(10_000);

/** Two replicas on a database with orders, most of one moment, that a version before has written. */
async function anUpgradedShop(count: number) {
  const client = new MongoClient(inject("stack").mongodbUrl, { retryWrites: false });
  const db = client.db(`order_test_${randomBytes(6).toString("hex")}`);
  onTestFinished(async () => {
    await db.dropDatabase();
    await client.close();
  });
  const replicas = [await mongoOrders(db), await mongoOrders(db)] as const;
  const documents = db.collection<OrderDocument>("orders");
  const old = async (seconds: number) => {
    const lines = [sold("tea", 1, { amount: 90_000, currency: "eur" })];
    const order = placed({ stamp: stamp(seconds), guestName: "Zoë", lines });
    order.cancel("customer", "customer", "e1", stamp(seconds));
    order.record(anAct(seconds, { target: order.snapshot.id }));
    await replicas[0].add(order);
    return order.snapshot.id;
  };
  const forget = {
    number: "",
    amountTime: "",
    guestNameKey: "",
    guestNameStart: "",
    actedFrom: "",
    actedAt: "",
  } as const;
  const ids = await Promise.all(Array.from({ length: count }, (_, index) => old(index < 5 ? index : 50)));
  await documents.updateMany({}, { $unset: forget });
  const lacking = () => documents.countDocuments({ amountTime: null as never });
  return { replicas, documents, ids, old, forget, lacking };
}

const wanted: OrderFilter[] = [{ least: 80_000 }, { guestName: "zoe" }];

test("final orders of a version before are filled in small steps, by any replica, which go on where the last ended", async () => {
  const { replicas, ids, lacking } = await anUpgradedShop(260);
  const [one, two] = replicas;
  const left: number[] = [];
  for (let step = 0; step < 10; step++) {
    const state = await (step % 2 === 0 ? one : two).backfill(ages);
    left.push(await lacking());
    if (state === "done") break;
  }
  expect(left.at(-1)).toBe(0);
  expect(left[0]).toBe(160);
  for (const filter of wanted) expect(await two.search(filter, { limit: 300 })).toHaveLength(260);
  expect(await one.acts({}, { limit: 300 })).toHaveLength(260);
  expect(await two.search({ number: numberOf(ids[7] ?? "") }, { limit: 2 })).toHaveLength(1);
});

test("replicas that fill at once, while orders change, lose no change and leave out no order", async () => {
  const { replicas, ids, lacking } = await anUpgradedShop(30);
  const changed = ids.slice(0, 10).map((id, index) =>
    replicas[index % 2]?.update(id, (order) => {
      order.record(anAct(60, { id: `late-${index}`, target: id }));
      return true;
    }),
  );
  await Promise.all([...changed, ...replicas.map((replica) => replica.backfill(ages))]);
  while ((await replicas[0].backfill(ages)) === "more");
  expect(await lacking()).toBe(0);
  expect(await replicas[1].acts({ from: stamp(60).at }, { limit: 100 })).toHaveLength(10);
});

test("all are found before, while and after orders are filled, and so is what a version before goes on to store", async () => {
  const { replicas, ids, old, documents, forget, lacking } = await anUpgradedShop(8);
  const [one, two] = replicas;
  const found = async () => {
    const lists = await Promise.all(wanted.map((filter) => two.search(filter, { limit: 100 })));
    return lists.map((list) => list.length);
  };
  // A guest's name without the key of it is from before there was a search by name.
  expect((await found())[0]).toBe(8);
  await one.backfill(stamp(3).at);
  expect([(await found())[0], await lacking()]).toEqual([8, 5]);
  await one.backfill(ages);
  expect([await found(), await lacking()]).toEqual([[8, 8], 0]);

  const late = await old(20_000);
  await documents.updateOne({ _id: late }, { $unset: forget });
  expect((await found())[0]).toBe(9);
  expect(await two.search({ number: numberOf(late) }, { limit: 2 })).toHaveLength(1);
  await two.backfill(stamp(30_000).at);
  expect([await found(), await lacking()]).toEqual([[9, 9], 0]);
  expect(ids).toHaveLength(8);
});

test("an order that nobody can read keeps no other from being filled", async () => {
  const { replicas, documents, ids, lacking } = await anUpgradedShop(5);
  await documents.updateOne({ _id: ids[2] ?? "" }, { $set: { outbox: 7 as never } });
  expect(await replicas[0].backfill(ages)).toBe("done");
  expect(await lacking()).toBe(1);
});
