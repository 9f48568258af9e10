import { expect, test } from "vitest";
import { anOrder, aProduct } from "../testing.ts";
import { createApi } from "./client.ts";
import type { Customer } from "./customer.ts";
import type { Answer, Send } from "./http.ts";

const guest: Customer = { act: (call) => call("guest/1") };

function answering(answer: Partial<Answer>) {
  const sent: unknown[][] = [];
  const send: Send = async (...request) => {
    sent.push(request);
    return { status: 200, etag: undefined, body: {}, ...answer };
  };
  return { api: createApi(send, guest), sent };
}

test("an order is placed under the guest's own path with its key", async () => {
  const { api, sent } = answering({ body: anOrder(["pending"]) });
  await api.place({ items: [{ productId: "soup", quantity: 2 }] }, "k");
  const options = { headers: { "idempotency-key": "k" }, json: { items: [{ productId: "soup", quantity: 2 }] } };
  expect(sent).toEqual([["POST", "/api/customers/guest%2F1/orders", options]]);
});

test("what is known already is asked for with its ETag, and not sent again", async () => {
  const { api, sent } = answering({ status: 304 });
  expect(await api.order("7", '"3"')).toBeUndefined();
  const headers = { "if-none-match": '"3"', "cache-control": "max-age=0" };
  expect(sent).toEqual([["GET", "/api/customers/guest%2F1/orders/7", { headers }]]);
});

test("an order comes with its ETag", async () => {
  const order = anOrder(["pending"]);
  expect(await answering({ body: order, etag: '"1"' }).api.order("7")).toEqual({ order, etag: '"1"' });
});

test("orders are asked for a page at a time", async () => {
  const { api, sent } = answering({ body: { orders: [] } });
  await api.orders();
  await api.orders("a&b");
  expect(sent.map((request) => request[1])).toEqual([
    "/api/customers/guest%2F1/orders?limit=10",
    "/api/customers/guest%2F1/orders?limit=10&cursor=a%26b",
  ]);
});

test("ids cannot leave their place in the path", async () => {
  const { api, sent } = answering({});
  await api.cancel("../x");
  expect(sent[0]?.[1]).toBe("/api/customers/guest%2F1/orders/..%2Fx/cancel");
  expect(await api.eventsUrl("a?b")).toBe("/api/customers/guest%2F1/orders/a%3Fb/events");
  expect(await api.eventsUrl()).toBe("/api/customers/guest%2F1/orders/events");
});

test("whoever goes to pay says so, and hears how long the order waits", async () => {
  const order = anOrder(["pending", "waiting_for_payment"]);
  const { api, sent } = answering({ body: order });
  expect(await api.pay("7")).toEqual(order);
  expect(sent).toEqual([["POST", "/api/customers/guest%2F1/orders/7/pay"]]);
});

test("a closed shop's menu comes with its sentence, an open one's without", async () => {
  const shop = { closed: true, sentence: "Back at 17:00" };
  expect(await answering({ body: { products: [], shop } }).api.menu()).toEqual({
    products: [],
    closed: "Back at 17:00",
  });
  const open = { ...shop, closed: false };
  expect(await answering({ body: { products: [], shop: open } }).api.menu()).toEqual({ products: [] });
});

test("the menu is the list of products", async () => {
  const products = [aProduct("soup")];
  expect(await answering({ body: { products } }).api.menu()).toEqual({ products });
});
