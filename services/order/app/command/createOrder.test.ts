import { expect, test, vi } from "vitest";
import { memoryOrders } from "../../adapters/memoryOrders.ts";
import { orderApp, told, wish } from "../../testing/app.ts";
import { fakeStock } from "../../testing/fakes.ts";
import { noon } from "../../testing/orders.ts";

const shown = <T extends object>({ ...order }: T) => ({ ...order, outbox: [] });

test("an order reserves its items, costs what the catalogue says, and tells of itself", async () => {
  const { app, stock, bus, orders } = orderApp();
  const order = await app.createOrder(wish({ tea: 2, cake: 1 }));
  expect(order).toMatchObject({ status: "pending", customerId: "ann", total: { amount: 750, currency: "eur" } });
  expect([stock.left.get("tea"), stock.left.get("cake")]).toEqual([8, 9]);
  await vi.waitFor(() => expect(told(bus, "order.created")).toEqual(["event-1"]));
  expect((await orders.get(order.id))?.snapshot.outbox).toHaveLength(1);
});

test("lines of one product are one line and one reservation, in the order in which they were picked", async () => {
  const { app, stock } = orderApp();
  const lines = [
    { productId: "tea", quantity: 2 },
    { productId: "cake", quantity: 1 },
    { productId: "tea", quantity: 3 },
  ];
  const order = await app.createOrder({ ...wish({}), lines });
  expect(order.lines.map(({ productId, quantity }) => [productId, quantity])).toEqual([
    ["tea", 5],
    ["cake", 1],
  ]);
  expect(stock.left.get("tea")).toBe(5);
});

test("the same key and lines, in whatever order, get the first answer, also when the order has moved on", async () => {
  const { app, stock, clock } = orderApp();
  const first = await app.createOrder(wish({ tea: 2, cake: 1 }));
  await app.offerPayment({ orderId: first.id, paymentLink: "https://pay.example/1" });
  await app.payOrder({ orderId: first.id, amount: first.total });
  clock.now += 60_000;
  expect(shown(await app.createOrder(wish({ cake: 1, tea: 2 })))).toEqual(shown(first));
  expect(stock.left.get("tea")).toBe(8);
});

test("50 at once with one key are one order, one reservation and one answer", async () => {
  const { app, stock, orders } = orderApp();
  const answers = await Promise.all(Array.from({ length: 50 }, () => app.createOrder(wish({ tea: 2 }))));
  for (const answer of answers) expect(shown(answer)).toEqual(shown(answers[0] ?? answer));
  expect(stock.left.get("tea")).toBe(8);
  expect(await orders.list("ann", { limit: 100 })).toHaveLength(1);
});

test("one key of two customers is two orders", async () => {
  const { app } = orderApp();
  const ids = [await app.createOrder(wish({ tea: 1 })), await app.createOrder(wish({ tea: 1 }, "key-1", "bob"))];
  expect(new Set(ids.map(({ id }) => id)).size).toBe(2);
});

test.each([
  ["another quantity", { tea: 3 }],
  ["another product", { cake: 2 }],
  ["a product more", { tea: 2, cake: 1 }],
])("the same key with %s is refused and changes nothing", async (_, others) => {
  const { app, stock, orders } = orderApp();
  const first = await app.createOrder(wish({ tea: 2 }));
  const refused = app.createOrder(wish(others));
  await expect(refused).rejects.toMatchObject({
    kind: "idempotency_key_reused",
    details: { fields: [{ field: "Idempotency-Key" }] },
  });
  expect((await orders.get(first.id))?.snapshot.lines).toEqual(first.lines);
  expect([stock.left.get("tea"), stock.left.get("cake")]).toEqual([8, 10]);
});

const asked = (note: string, guestName = "Ann") => ({
  ...wish({}),
  lines: [{ productId: "tea", quantity: 2, note }],
  guestName,
});

test("a note for the cook and the guest's name are kept with the order, and are part of what the key stands for", async () => {
  const { app, stock } = orderApp();
  const first = await app.createOrder(asked("no milk"));
  expect(first).toMatchObject({ guestName: "Ann", lines: [{ productId: "tea", note: "no milk" }] });
  expect(shown(await app.createOrder(asked("no milk")))).toEqual(shown(first));
  for (const other of [asked("milk"), asked(""), asked("no milk", "Bob"), asked("no milk", ""), wish({ tea: 2 })])
    await expect(app.createOrder(other)).rejects.toMatchObject({ kind: "idempotency_key_reused" });
  expect(stock.left.get("tea")).toBe(8);
});

test("of two at once with one key and two notes one is placed and the other is refused", async () => {
  const { app, orders } = orderApp();
  const answers = await Promise.allSettled(["no milk", "milk"].map((note) => app.createOrder(asked(note))));
  expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await orders.list("ann", { limit: 100 })).toHaveLength(1);
});

test("the event of an order has neither note nor name: they are for the kitchen", async () => {
  const { app, bus } = orderApp();
  await app.createOrder(asked("no milk", "Annabel"));
  await vi.waitFor(() => expect(bus.published).toHaveLength(1));
  expect(JSON.stringify(bus.published)).not.toMatch(/no milk|Annabel/);
});

test("a repeat goes on where the first attempt died between reserving and storing", async () => {
  const orders = memoryOrders();
  const stock = fakeStock({ tea: 10 });
  const dying = orderApp({ stock, orders: { ...orders, add: () => Promise.reject(new Error("killed")) } });
  await expect(dying.app.createOrder(wish({ tea: 2 }))).rejects.toThrow("killed");
  expect(await orders.get("ann/key-1")).toBeUndefined();

  const { app, bus } = orderApp({ stock, orders });
  expect(await app.createOrder(wish({ tea: 2 }))).toMatchObject({ id: "ann/key-1", status: "pending" });
  expect(stock.left.get("tea")).toBe(8);
  await vi.waitFor(() => expect(told(bus, "order.created")).toHaveLength(1));
});

test("a key that other dishes are reserved under is refused, also where the first attempt died before it stored", async () => {
  const orders = memoryOrders();
  const stock = fakeStock({ tea: 10 });
  const dying = orderApp({ stock, orders: { ...orders, add: () => Promise.reject(new Error("killed")) } });
  await expect(dying.app.createOrder(wish({ tea: 2 }))).rejects.toThrow("killed");

  const { app } = orderApp({ stock, orders });
  await expect(app.createOrder(wish({ tea: 3 }))).rejects.toMatchObject({ kind: "idempotency_key_reused" });
  expect([await orders.get("ann/key-1"), stock.left.get("tea")]).toEqual([undefined, 8]);
});

test.each([
  ["that has lapsed by stock's clock is no ground for an order: a new key is needed", true, ["conflict", 0]],
  ["that still holds is one, also when our own clock says that it is over", false, ["placed", 1]],
])("a reservation %s", async (_, isOver, outcome) => {
  const orders = memoryOrders();
  const stock = fakeStock({ tea: 10 }, new Date(noon + 60_000));
  const dying = orderApp({ stock, orders: { ...orders, add: () => Promise.reject(new Error("killed")) } });
  await expect(dying.app.createOrder(wish({ tea: 2 }))).rejects.toThrow("killed");

  const { app, clock } = orderApp({ stock, orders });
  clock.now += 600_000;
  for (const one of stock.held.values()) if (isOver) one.expiresAt = new Date(0);
  const answer = await app.createOrder(wish({ tea: 2 })).then(
    () => "placed",
    ({ kind }) => kind,
  );
  expect([answer, (await orders.get("ann/key-1")) ? 1 : 0]).toEqual(outcome);
});

test("out of stock names the customer's own lines and what is left", async () => {
  const { app, stock, orders } = orderApp({ stock: fakeStock({ cake: 10, soup: 0, tea: 1 }) });
  await expect(app.createOrder(wish({ tea: 2, cake: 1, soup: 1 }))).rejects.toMatchObject({
    kind: "out_of_stock",
    details: {
      fields: [
        { field: "items[0].quantity", message: "Only 1 left" },
        { field: "items[2].quantity", message: "Sold out" },
      ],
      shortages: [
        { productId: "tea", requested: 2, available: 1 },
        { productId: "soup", requested: 1, available: 0 },
      ],
    },
  });
  expect(stock.left.get("cake")).toBe(10);
  expect(await orders.get("ann/key-1")).toBeUndefined();
});

test("an unknown product is named by its line", async () => {
  const { app } = orderApp();
  await expect(app.createOrder(wish({ tea: 1, unicorn: 1 }))).rejects.toMatchObject({
    kind: "invalid",
    details: { fields: [{ field: "items[1].productId" }] },
  });
});

test("products of two currencies make no order and keep nothing, however often it is tried", async () => {
  const { app, stock, orders } = orderApp();
  stock.currencies.set("cake", "usd");
  for (let attempt = 0; attempt < 2; attempt++) {
    const refused = app.createOrder(wish({ tea: 1, cake: 1 }));
    await expect(refused).rejects.toMatchObject({ kind: "invalid", details: { fields: [{ field: "items" }] } });
    expect([stock.left.get("tea"), stock.left.get("cake")]).toEqual([10, 10]);
  }
  expect(await orders.get("ann/key-1")).toBeUndefined();
});

test("an order that the provider will never take is refused with its amount and keeps nothing, however often it is tried", async () => {
  const { app, stock, orders } = orderApp();
  stock.currencies.set("tea", "huf");
  for (let attempt = 0; attempt < 2; attempt++) {
    const fields = [{ field: "total", message: expect.stringMatching(/comes to HUF.2\.50/) }];
    await expect(app.createOrder(wish({ tea: 1 }))).rejects.toMatchObject({ kind: "invalid", details: { fields } });
    expect(stock.left.get("tea")).toBe(10);
  }
  expect(await orders.get("ann/key-1")).toBeUndefined();
});

test("an order is placed while the broker is away", async () => {
  const { app, bus, orders } = orderApp();
  bus.down = true;
  const { id } = await app.createOrder(wish({ tea: 1 }));
  expect((await orders.get(id))?.snapshot.outbox).toHaveLength(1);
});
