import { randomBytes, randomUUID } from "node:crypto";
import { MongoClient } from "mongodb";
import { expect, inject, it, onTestFinished } from "vitest";
import { mongoOrders } from "../../services/order/adapters/mongoOrders.ts";
import { after, stamp } from "../../services/order/testing/orders.ts";
import { temporaryReplicas } from "../../services/stock/adapters/mysql/testing.ts";
import { restock } from "../../services/stock/domain/dish.ts";
import { commit, release } from "../../services/stock/domain/reservation.ts";
import { aProduct, noPrices } from "../../services/stock/testing.ts";
import { readOrders, readStock } from "./databases.ts";
import { faultsOf } from "./faults.ts";
import { aPayment, aRefund } from "./testing.ts";

const { mysqlUrl, mongodbUrl } = inject("stack");

/** Orders in a database of this test's own. */
async function temporaryOrders() {
  const database = `ledger_test_${randomBytes(6).toString("hex")}`;
  const mongo = new MongoClient(mongodbUrl, { retryWrites: false });
  onTestFinished(async () => {
    await mongo.db(database).dropDatabase();
    await mongo.close();
  });
  return { database, orders: await mongoOrders(mongo.db(database)) };
}

it("the books are read as the services write them, and balance", async () => {
  const { address, at } = await temporaryReplicas(mysqlUrl, [aProduct("tea", { available: 20 }), aProduct("cake")], 1);
  const { database, orders } = await temporaryOrders();
  const [ready, cancelled, fresh] = [after("requestPayment", "pay", "claimFor", "markReady"), after("cancel"), after()];
  const [part, news] = [{ amount: 100, currency: "eur" }, { id: "re-1", status: "succeeded" } as const];
  ready.recordRefunds([{ ...news, amount: part }], stamp(5));
  for (const order of [ready, cancelled, fresh]) await orders.add(order);
  const all = [ready, cancelled, fresh].map((order) => order.snapshot);
  const expiresAt = new Date("2026-01-01T12:30:00.123Z");
  await at(0).reserve(
    all.map(({ id, lines }) => ({ orderId: id, lines, expiresAt })),
    noPrices,
  );
  await at(0).update(ready.snapshot.id, commit);
  await at(0).update(cancelled.snapshot.id, release);

  const act = {
    subject: "olga",
    name: "Olga",
    reason: "",
    action: "dish.restock",
    target: "tea",
    content: "",
    traceId: "",
  };
  await at(0).staff.perform({ ...act, id: randomUUID(), at: new Date() }, (found) => restock(found, 3));

  const [stock, ordering] = [readStock(address), readOrders(mongodbUrl, database)];
  onTestFinished(async () => void (await Promise.all([stock.close(), ordering.close()])));
  const products = await stock.products();
  const reservations = await stock.reservations();
  const read = await ordering.orders();
  expect(products).toEqual([
    { id: "tea", initial: 20, moved: 3, available: 19, reserved: 2, sold: 2 },
    { id: "cake", initial: 10, moved: 0, available: 10, reserved: 0, sold: 0 },
  ]);
  expect(reservations.find(({ orderId }) => orderId === fresh.snapshot.id)).toMatchObject({
    status: "reserved",
    expiresAt,
    lines: [{ productId: "tea", quantity: 2 }],
  });
  expect(read.find(({ id }) => id === cancelled.snapshot.id)).toMatchObject({
    status: "cancelled",
    placedAt: new Date("2026-01-01T12:00:00Z"),
    total: { amount: 500, currency: "eur" },
    history: [{ status: "pending" }, { status: "cancelled" }],
    outbox: [{ type: "order.cancelled" }],
  });
  const books = {
    at: new Date("2026-01-01T12:01:00Z"),
    products,
    reservations,
    orders: read,
    checkouts: [aPayment(ready.snapshot.id)],
    refunds: [aRefund(ready.snapshot.id, { amount: 100 })],
  };
  expect(faultsOf(books)).toEqual([]);
  expect(faultsOf({ ...books, refunds: [] })).toEqual([
    `order ${ready.snapshot.id}: says that 1.00 EUR are back, and 0.00 EUR are (pi-${ready.snapshot.id})`,
  ]);
  expect(faultsOf({ ...books, checkouts: [], refunds: [] })).toEqual([
    `order ${ready.snapshot.id}: is ready, and the provider took no money for it`,
  ]);
});
