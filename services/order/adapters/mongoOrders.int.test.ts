import { randomBytes } from "node:crypto";
import { type Db, MongoClient } from "mongodb";
import { expect, inject, onTestFinished, test } from "vitest";
import { numberOf } from "../domain/number.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { placed, stamp } from "../testing/orders.ts";
import { actsContract } from "./acts.suite.ts";
import { mongoOrders } from "./mongoOrders.ts";
import { orderRepositoryContract } from "./orderRepository.suite.ts";
import { outboxContract } from "./outbox.suite.ts";
import { recordsContract } from "./records.suite.ts";
import { restContract } from "./rest.suite.ts";

/** Two replicas, each with connections of its own, on a database that is gone with the test. */
async function open(): Promise<[OrderRepository, OrderRepository, Db]> {
  const name = `order_test_${randomBytes(6).toString("hex")}`;
  const clients = [0, 1].map(() => new MongoClient(inject("stack").mongodbUrl, { retryWrites: false }));
  onTestFinished(async () => {
    await clients[0]?.db(name).dropDatabase();
    await Promise.all(clients.map((client) => client.close()));
  });
  const [one, two] = clients.map((client) => client.db(name));
  if (!one || !two) throw new Error("two clients make two databases");
  return [await mongoOrders(one), await mongoOrders(two), one];
}

const replicas = async (): Promise<[OrderRepository, OrderRepository]> => {
  const [one, two] = await open();
  return [one, two];
};
orderRepositoryContract("MongoDB", replicas);
outboxContract("MongoDB", replicas);
restContract("MongoDB", replicas);
recordsContract("MongoDB", replicas);
actsContract("MongoDB", replicas);

test("of writers that keep getting in each other's way none is lost: each has its effect or is to ask again", async () => {
  const [one, two] = await open();
  const order = placed();
  await one.add(order);
  const { id } = order.snapshot;
  const settled = await Promise.allSettled(
    Array.from({ length: 30 }, (_, index) =>
      (index % 2 === 0 ? one : two).update(id, (current) => {
        // An entry a writer, so that what each of them did can be counted.
        const outbox = [
          ...current.snapshot.outbox,
          { id: `e${index}`, type: "order.cancelled", at: stamp().at } as const,
        ];
        Object.assign(current.snapshot, { outbox });
        return true;
      }),
    ),
  );
  const done = settled.flatMap(({ status }, index) => (status === "fulfilled" ? [`e${index}`] : []));
  for (const each of settled)
    if (each.status === "rejected") expect(each.reason).toMatchObject({ kind: "unavailable" });
  const written = (await one.get(id))?.snapshot.outbox.slice(1).map((entry) => entry.id) ?? [];
  expect(done.length).toBeGreaterThan(0);
  expect(written.toSorted()).toEqual(done.toSorted());
});

test("an order that was stored before there were numbers is found by its number, and has one with its next write", async () => {
  const [orders, , db] = await open();
  const ids = [placed(), placed()].map(({ snapshot }) => snapshot.id);
  for (const id of ids) await orders.add(placed({ id }));
  const collection = db.collection<{ _id: string }>("orders");
  await collection.updateMany({}, { $unset: { number: "" } });
  const [id = ""] = ids;
  const found = async () =>
    (await orders.search({ number: numberOf(id) }, { limit: 10 })).map(({ snapshot }) => snapshot.id);
  expect(await found()).toEqual([id]);
  await orders.update(id, (order) => order.requestPayment("https://pay.example/1", stamp(1)));
  expect(await collection.countDocuments({ number: numberOf(id) })).toBe(1);
  expect(await found()).toEqual([id]);
});
