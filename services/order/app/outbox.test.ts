import { expect, test, vi } from "vitest";
import { orderApp, told, wish } from "../testing/app.ts";
import { fakeStock } from "../testing/fakes.ts";
import { noon } from "../testing/orders.ts";

test.each(["down", "refusing"] as const)(
  "what a broker that is %s did not take is sent again when due",
  async (how) => {
    const { app, bus, outbox, clock } = orderApp();
    bus[how] = true;
    await app.createOrder(wish({ tea: 1 }));
    clock.now = noon + 30_000;
    await outbox.sweep().catch((error: unknown) => expect(error).toMatchObject({ kind: "unavailable" }));
    expect(bus.published).toEqual([]);
    bus[how] = false;
    await outbox.sweep();
    expect(bus.published).toEqual([]);
    clock.now = noon + 60_000;
    await outbox.sweep();
    expect(told(bus, "order.created")).toEqual(["event-1"]);
  },
);

test("while the broker holds a publisher back, items of cancelled orders go back and money that is owed as well", async () => {
  const { app, bus, outbox, stock, payments, orders, clock } = orderApp();
  const [unpaid, owed] = [await app.createOrder(wish({ tea: 3 }, "a")), await app.createOrder(wish({ cake: 2 }, "b"))];
  for (const { id: orderId } of [unpaid, owed])
    await app.offerPayment({ orderId, paymentLink: `https://pay/${orderId}` });
  payments.statuses.set(owed.id, "paid");
  await app.payOrder({ orderId: owed.id, amount: owed.total });
  await app.createOrder(wish({ tea: 1 }, "c"));
  let letGo = () => {};
  bus.publish = () => new Promise((resolve) => (letGo = () => resolve([])));
  clock.now = noon + 30_000;
  await app.cancelOrder({ customerId: "ann", orderId: unpaid.id });
  const act = { requestId: "r", subject: "eve", name: "Eve", reason: "" };
  await app.staff.refund({ orderId: owed.id, act });
  const sweep = outbox.sweep();
  await vi.waitFor(async () => expect((await orders.get(owed.id))?.snapshot.status).toBe("refunded"));
  await vi.waitFor(() => expect([stock.left.get("tea"), stock.left.get("cake")]).toEqual([9, 10]));
  letGo();
  await sweep;
});

test("a broker that is away is tried once a round, however many orders have something to tell", async () => {
  const { app, bus, outbox, clock } = orderApp({ stock: fakeStock({ tea: 1_000 }) });
  for (let order = 0; order < 250; order++) await app.createOrder(wish({ tea: 1 }, `key-${order}`));
  await vi.waitFor(() => expect(bus.published).toHaveLength(250));
  bus.down = true;
  let tries = 0;
  const { publish } = bus;
  bus.publish = (...all) => {
    tries++;
    return publish(...all);
  };
  clock.now = noon + 30_000;
  await outbox.sweep();
  expect(tries).toBe(1);
});

test("an event is the same one however often it is sent, until the order moves on", async () => {
  const { app, bus, outbox, clock } = orderApp();
  const { id: orderId } = await app.createOrder(wish({ tea: 1 }));
  await vi.waitFor(() => expect(bus.published).toHaveLength(1));
  clock.now = noon + 30_000;
  await outbox.sweep();
  expect(bus.published[1]).toEqual(bus.published[0]);
  await app.offerPayment({ orderId, paymentLink: "https://pay.example/1" });
  clock.now = noon + 3_600_000;
  await outbox.sweep();
  expect(bus.published).toHaveLength(2);
});

test("order.created tells whose order it is, of what, and for how much", async () => {
  const { app, bus } = orderApp();
  const { id } = await app.createOrder(wish({ tea: 2 }));
  await vi.waitFor(() => expect(bus.published).toHaveLength(1));
  expect(bus.published[0]).toMatchObject({
    specversion: "1.0",
    id: "event-1",
    source: "order",
    type: "order.created",
    data: {
      meta: { eventId: "event-1", version: 1, occurredAt: new Date(noon).toISOString().replace(".000", "") },
      orderId: id,
      customerId: "ann",
      items: [{ productId: "tea", name: "tea", quantity: 2, unitPrice: { amount: "250", currency: "eur" } }],
      total: { amount: "500", currency: "eur" },
      expiresAt: new Date(noon + 1_800_000).toISOString().replace(".000", ""),
    },
  });
});

test("who pays reads the dishes in the guest's language, who cooks reads the menu's own", async () => {
  const { app, bus, stock } = orderApp();
  stock.german.set("tea", "Tee");
  const { lines } = await app.createOrder({ ...wish({ tea: 2, cake: 1 }), language: "de-AT" });
  expect(lines.map(({ name, translatedName }) => [name, translatedName])).toEqual([
    ["tea", "Tee"],
    ["cake", undefined],
  ]);
  await vi.waitFor(() => expect(bus.published).toHaveLength(1));
  expect(bus.published[0]).toMatchObject({ data: { items: [{ name: "Tee" }, { name: "cake" }] } });
});

test("a cancelled order gives back what it held, once", async () => {
  const { app, outbox, stock, orders } = orderApp();
  const { id: orderId } = await app.createOrder(wish({ tea: 3 }));
  await app.cancelOrder({ customerId: "ann", orderId });
  await outbox.sweep();
  await outbox.sweep();
  expect(stock.left.get("tea")).toBe(10);
  expect(stock.calls.filter((call) => call.startsWith("release"))).toHaveLength(1);
  expect((await orders.get(orderId))?.snapshot.outbox).toEqual([]);
});

test("what stock could not take back stays to be done, and is done when stock is there again", async () => {
  const { app, outbox, stock, orders, clock } = orderApp();
  const { id: orderId } = await app.createOrder(wish({ tea: 3 }));
  await app.cancelOrder({ customerId: "ann", orderId });
  stock.away = true;
  await outbox.sweep();
  expect((await orders.get(orderId))?.snapshot.outbox).toHaveLength(1);
  stock.away = false;
  clock.now += 5_000;
  await outbox.sweep();
  expect(stock.left.get("tea")).toBe(10);
  expect((await orders.get(orderId))?.snapshot.outbox).toEqual([]);
});

test("one order that stock refuses to take back does not keep the others", async () => {
  const shelf = fakeStock({ tea: 10 });
  const { app, outbox, stock, orders } = orderApp({
    stock: {
      ...shelf,
      release: (id) => (id === "ann/bad" ? Promise.reject(new Error("no")) : shelf.release(id)),
    },
  });
  for (const key of ["bad", "good"]) {
    const { id: orderId } = await app.createOrder(wish({ tea: 1 }, key));
    await app.cancelOrder({ customerId: "ann", orderId });
  }
  await outbox.sweep();
  expect(stock.left.get("tea")).toBe(9);
  expect((await orders.get("ann/bad"))?.snapshot.outbox).toHaveLength(1);
  expect((await orders.get("ann/good"))?.snapshot.outbox).toEqual([]);
});

test("two replicas that sweep at the same time send nothing twice", async () => {
  const one = orderApp({ stock: fakeStock({ tea: 20 }) });
  const two = orderApp({ orders: one.orders, stock: one.stock, bus: one.bus });
  one.bus.down = true;
  for (let index = 0; index < 20; index++) await one.app.createOrder(wish({ tea: 1 }, `key-${index}`));
  one.bus.down = false;
  one.clock.now = two.clock.now = noon + 30_000;
  await Promise.all([one.outbox.sweep(), two.outbox.sweep(), one.outbox.sweep()]);
  expect(new Set(told(one.bus, "order.created")).size).toBe(20);
  expect(one.bus.published).toHaveLength(20);
});

test("two replicas send an event that has no effect as often as one does, not twice as often", async () => {
  const sent = async (replicas: number) => {
    const one = orderApp();
    const others = Array.from({ length: replicas - 1 }, () => orderApp({ ...one }));
    await one.app.createOrder(wish({ tea: 1 }));
    await vi.waitFor(() => expect(one.bus.published).toHaveLength(1));
    for (let second = 0; second < 3_600; second += 5) {
      one.clock.now += 5_000;
      for (const { outbox, clock } of [one, ...others]) {
        clock.now = one.clock.now;
        await outbox.sweep();
      }
    }
    return one.bus.published.length;
  };
  expect([await sent(1), await sent(2)]).toEqual([17, 17]);
});

test("a broker that hangs does not fill the memory: what is too much waits in the store alone", async () => {
  const { app, bus, orders, outbox, clock } = orderApp({ stock: fakeStock({ tea: 10_000 }) });
  let release: () => void = () => undefined;
  const publish = bus.publish;
  const hanging = new Promise<void>((resolve) => {
    release = resolve;
  });
  bus.publish = async (topic, events) => {
    await hanging;
    return publish(topic, events);
  };
  for (let index = 0; index < 5_200; index++) await app.createOrder(wish({ tea: 1 }, `key-${index}`));
  expect((await orders.outboxDepth()).entries).toBe(5_200);
  release();
  await vi.waitFor(() => expect(bus.published.length).toBeGreaterThanOrEqual(5_000));
  expect(bus.published.length).toBeLessThan(5_200);
  clock.now += 30_000;
  await outbox.sweep();
  expect(new Set(told(bus, "order.created")).size).toBe(5_200);
});
