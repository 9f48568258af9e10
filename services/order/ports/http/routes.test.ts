import { expect, test } from "vitest";
import { fieldsOf, orderHttp } from "../../testing/http.ts";

const items = [
  { productId: "tea", quantity: 2 },
  { productId: "cake", quantity: 1 },
];

test("a guest orders, sees the order, and finds it where Location says", async () => {
  const { call, guest } = await orderHttp();
  const { customerId, token, order, path } = await guest();
  const created = await order({ items });
  expect(created.status).toBe(201);
  expect(created.body).toMatchObject({
    customerId,
    status: "pending",
    total: { amount: 750, currency: "eur" },
    items: [
      { productId: "tea", quantity: 2 },
      { productId: "cake", name: "cake", quantity: 1, unitPrice: { amount: 250, currency: "eur" } },
    ],
    version: 1,
    history: [{ status: "pending", by: "customer" }],
  });
  const location = created.headers.get("location");
  expect(location).toBe(`${path}/${created.body.id}`);
  expect((await call("GET", location ?? "", { token })).body).toEqual(created.body);
});

test("the same request again is the same answer to the last byte, also when the order has moved on", async () => {
  const { guest, service, stock } = await orderHttp();
  const { order } = await guest();
  const headers = { "idempotency-key": "once" };
  const first = await order({ items }, headers);
  const orderId = String(first.body.id);
  await service.app.offerPayment({ orderId, paymentLink: "https://pay.example/1" });
  const again = await order({ items: items.toReversed() }, headers);
  expect([again.status, again.text]).toEqual([201, first.text]);
  expect(again.headers.get("location")).toBe(first.headers.get("location"));
  expect(stock.left.get("tea")).toBe(8);
});

test("another order under the same key is 422 and changes nothing", async () => {
  const { call, guest, stock } = await orderHttp();
  const { order, path, token } = await guest();
  const headers = { "idempotency-key": "once" };
  await order({ items }, headers);
  const other = await order({ items: [{ productId: "tea", quantity: 3 }] }, headers);
  expect(other.body).toMatchObject({ type: "/problems/idempotency-key-reused", status: 422 });
  expect(fieldsOf(other)).toEqual(["Idempotency-Key"]);
  expect((await call("GET", path, { token })).body.orders).toHaveLength(1);
  expect(stock.left.get("tea")).toBe(8);
});

test("duplicate lines of one product are merged", async () => {
  const { guest } = await orderHttp();
  const { order } = await guest();
  const tea = { productId: "tea", quantity: 2 };
  expect((await order({ items: [tea, tea] })).body.items).toMatchObject([{ productId: "tea", quantity: 4 }]);
});

test("more than there is: 409 that names the line and says what is left", async () => {
  const { guest, stock } = await orderHttp();
  const { order } = await guest();
  stock.left.set("cake", 0);
  const answer = await order({ items });
  expect(answer.body).toMatchObject({
    type: "/problems/out-of-stock",
    status: 409,
    errors: [{ field: "items[1].quantity", message: "Sold out" }],
    shortages: [{ productId: "cake", requested: 1, available: 0 }],
  });
  expect(stock.left.get("tea")).toBe(10);
});

test("orders come newest first, page by page", async () => {
  const { call, guest } = await orderHttp();
  const { token, path, placed } = await guest();
  const ids: string[] = [];
  for (let index = 0; index < 5; index++) ids.unshift((await placed()).id);
  const seen: string[] = [];
  for (let next: unknown = ""; next !== undefined; ) {
    const query = next ? `?limit=2&cursor=${next}` : "?limit=2";
    const { body } = await call("GET", path + query, { token });
    seen.push(...(body.orders as { id: string }[]).map(({ id }) => id));
    next = body.nextCursor;
  }
  expect(seen.toSorted()).toEqual(ids.toSorted());
  expect(new Set(seen).size).toBe(5);
});

test("what has not changed since its ETag is 304 without a body, until it changes", async () => {
  const { call, guest, service } = await orderHttp();
  const { token, path, placed } = await guest();
  const { id: orderId } = await placed();
  const get = (etag: string) =>
    call("GET", `${path}/${orderId}`, { token, headers: { "if-none-match": etag, "cache-control": "max-age=0" } });
  const etag = (await get('"0"')).headers.get("etag") ?? "";
  const same = await get(etag);
  expect([same.status, same.text, same.headers.get("etag")]).toEqual([304, "", etag]);
  const paymentLink = "https://pay.example/1";
  await service.app.offerPayment({ orderId, paymentLink });
  const changed = await get(etag);
  expect([changed.status, changed.body.status, changed.body.paymentLink]).toEqual([
    200,
    "waiting_for_payment",
    paymentLink,
  ]);
});

test("whoever goes to pay has the whole time, hears so, and is no stranger", async () => {
  const { call, guest, service } = await orderHttp({ holdMs: 60_000 });
  const [ann, bob] = [await guest(), await guest()];
  const { id: orderId } = await ann.placed();
  await service.app.offerPayment({ orderId, paymentLink: "https://pay.example/1" });
  const before = (await call("GET", `${ann.path}/${orderId}`, { token: ann.token })).body;
  const pay = (path: string, token: string) => call("POST", `${path}/${orderId}/pay`, { token });
  const begun = await pay(ann.path, ann.token);
  expect(begun.body).toMatchObject({ status: "waiting_for_payment", version: 3, paymentLink: before.paymentLink });
  expect(Date.parse(String(begun.body.expiresAt)) - Date.parse(String(before.expiresAt))).toBe(1_740_000);
  expect([(await pay(ann.path, ann.token)).text, (await pay(bob.path, bob.token)).status]).toEqual([begun.text, 404]);
  expect((await pay(ann.path, bob.token)).status).toBe(404);
});

test("an unpaid order is cancelled, and what it held is back; a paid one is not", async () => {
  const { call, guest, service, stock } = await orderHttp();
  const { token, path, placed } = await guest();
  const [one, two] = [await placed(2), await placed(3)];
  const cancelled = await call("POST", `${path}/${one.id}/cancel`, { token });
  expect(cancelled.body).toMatchObject({ status: "cancelled", cancelReason: "customer", version: 2 });
  await expect.poll(() => stock.left.get("tea")).toBe(7);
  const again = await call("POST", `${path}/${one.id}/cancel`, { token });
  expect([again.status, again.text]).toEqual([200, cancelled.text]);

  await service.app.offerPayment({ orderId: two.id, paymentLink: "https://pay.example/1" });
  await service.app.payOrder({ orderId: two.id, amount: two.total });
  const refused = await call("POST", `${path}/${two.id}/cancel`, { token });
  expect(refused.body).toMatchObject({ type: "/problems/order-conflict", status: 409 });
});

test("the menu needs no session", async () => {
  const { call } = await orderHttp();
  expect((await call("GET", "/api/products")).body.products).toMatchObject([
    { id: "tea", unitPrice: { amount: 250, currency: "eur" }, available: 10 },
    { id: "cake" },
  ]);
});

test("an order at a price that was not shown is refused with both, and taken at the price that is", async () => {
  const { guest, stock } = await orderHttp();
  const { order } = await guest();
  const at = (amount: number) => ({
    items: [
      { productId: "cake", quantity: 1 },
      { productId: "tea", quantity: 1, unitPrice: { amount, currency: "eur" } },
    ],
  });
  const refused = await order(at(200), { "idempotency-key": "one-key" });
  expect(refused.body).toMatchObject({
    type: "/problems/prices-changed",
    status: 409,
    priceChanges: [{ productId: "tea", seen: { amount: 200, currency: "eur" }, now: { amount: 250, currency: "eur" } }],
    errors: [{ field: "items[1].unitPrice", message: "It is €2.50 now" }],
  });
  expect(stock.left.get("cake")).toBe(10);
  expect((await order(at(250), { "idempotency-key": "one-key" })).status).toBe(201);
  expect((await order(at(200), { "idempotency-key": "one-key" })).status).toBe(201);
});

test("a closed shop shows its menu and its sentence, refuses orders with it, and answers those that it took", async () => {
  const { call, guest, stock } = await orderHttp();
  const { order } = await guest();
  const first = await order({ items }, { "idempotency-key": "before" });
  stock.shop = { closed: true, sentence: "Back at 17:00" };
  const refused = await order({ items });
  expect(refused.body).toMatchObject({ type: "/problems/shop-closed", status: 409, detail: "Back at 17:00" });
  const menu = await call("GET", "/api/products");
  expect(menu.body).toMatchObject({ products: [{}, {}], shop: { closed: true, sentence: "Back at 17:00" } });
  expect((await order({ items }, { "idempotency-key": "before" })).body.id).toBe(first.body.id);
});

test("with stock away the menu and ordering are 503 with Retry-After, and nothing is stored", async () => {
  const { call, guest, stock } = await orderHttp();
  const { token, path, order } = await guest();
  stock.away = true;
  for (const answer of [await call("GET", "/api/products"), await order({ items })]) {
    expect(answer.body).toMatchObject({ type: "/problems/unavailable", status: 503 });
    expect(answer.headers.get("retry-after")).toBe("1");
  }
  expect((await call("GET", path, { token })).body.orders).toEqual([]);
});

test.each([
  ["GET", "/api/nothing"],
  ["GET", "/favicon.nothing"],
  ["DELETE", "/api/nothing"],
  ["PUT", "/"],
])("%s %s is a problem, 404", async (method, path) => {
  const { call } = await orderHttp();
  const answer = await call(method, path);
  expect(answer.headers.get("content-type")).toMatch("application/problem+json");
  expect(answer.body).toMatchObject({ type: "/problems/not-found", status: 404 });
});
