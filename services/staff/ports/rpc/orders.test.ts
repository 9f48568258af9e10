import { randomUUID } from "node:crypto";
import { Code } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { behind, record } from "../../testing/fakes.ts";
import { staffHttp } from "../../testing/staff.ts";

const traceUrl = "http://localhost:9411/zipkin/traces/{traceId}";

async function given() {
  const shop = behind();
  shop.acts.order = [record("a1", 1, "o1"), record("a2", 2, "another")];
  shop.acts.payment = [record("a3", 3, "o1")];
  const { as } = await staffHttp({ routes: shop.routes, traceUrl });
  return { shop, cashier: await as("cashier") };
}

test("an order's file is what order and payment know, the acts on it, and where its trace is", async () => {
  const { cashier } = await given();
  const { file, payment, acts, unavailable, traceUrl: url } = await cashier.getOrder({ orderId: "o1" });
  expect([file?.number, payment?.dashboardUrl]).toEqual(["A1B2C3", "https://provider.example/p1"]);
  expect(acts.map(({ id }) => id)).toEqual(["a3", "a1"]);
  expect([unavailable, url]).toEqual([[], "http://localhost:9411/zipkin/traces/0af7651916cd43dd8448eb211c80319c"]);
});

test("what cannot be asked is named, and the rest is there", async () => {
  const { shop, cashier } = await given();
  shop.away.add("payment");
  const { file, payment, acts, unavailable } = await cashier.getOrder({ orderId: "o1" });
  expect([file?.number, payment]).toEqual(["A1B2C3", undefined]);
  expect(acts.map(({ id }) => id)).toEqual(["a1"]);
  expect(unavailable.sort()).toEqual(["acts of payment", "payment"]);
});

test("who asks for no order reads nobody's acts, also while the services behind are away", async () => {
  const { shop, cashier } = await given();
  shop.acts.stock = [record("a4", 4, "cake")];
  for (const name of ["order", "payment"] as const) shop.away.add(name);
  await expect(cashier.getOrder({ orderId: "" })).rejects.toMatchObject({ code: Code.InvalidArgument });
});

test("an order that is not there is not found", async () => {
  const { cashier } = await given();
  await expect(cashier.getOrder({ orderId: "o9" })).rejects.toMatchObject({ code: Code.NotFound });
});

test("an order is found with the number that its guest reads", async () => {
  const { orders, nextPageToken } = await (await given()).cashier.searchOrders({});
  expect([orders.map(({ number }) => number), nextPageToken]).toEqual([["33AABB"], "next"]);
});

test("a refund whose order cannot be read afterwards is done all the same, and is not told as failed", async () => {
  const { shop, cashier } = await given();
  const { add } = shop.away;
  shop.told.push = (...acts) => {
    add.call(shop.away, "order");
    return Array.prototype.push.apply(shop.told, acts);
  };
  const { file } = await cashier.refundOrder({ requestId: randomUUID(), reason: "cold", orderId: "o1" });
  expect([file?.order?.id, file?.number, shop.told.length]).toEqual(["o1", "", 1]);
});
