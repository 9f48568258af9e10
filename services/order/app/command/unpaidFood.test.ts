import { describe, expect, test } from "vitest";
import { memoryOrders } from "../../adapters/memoryOrders.ts";
import { orderApp, wish } from "../../testing/app.ts";
import { fakeStock } from "../../testing/fakes.ts";
import type { UnpaidLimits } from "./unpaidFood.ts";

const tooMany = { name: "AppError", kind: "too_many" };

/** A shop with these limits, and a way to place an order from an address. A tea costs what the fake stock says. */
function shop(unpaidLimits: UnpaidLimits) {
  const store = memoryOrders();
  const parts = orderApp({ orders: store, stock: fakeStock({ tea: 1_000, cake: 1_000 }), unpaidLimits });
  const place = (key: string, tea: number, customerId = "ann", address = "192.0.2.1") =>
    parts.app.createOrder({ ...wish({ tea }, key, customerId), address });
  return { ...parts, store, place };
}

describe("unpaid dishes", () => {
  test("of a guest are so many and no more, and nothing is reserved for the order that is refused", async () => {
    const { place, stock } = shop({ unitsOfCustomer: 10 });
    await place("a", 6);
    await expect(place("b", 5)).rejects.toMatchObject({ ...tooMany, details: { retryAfterSeconds: 30 } });
    expect(stock.held.size).toBe(1);
    await place("c", 4);
    await place("d", 10, "bob");
  });

  test("of an address are so many and no more, however many guests it calls itself", async () => {
    const { place } = shop({ unitsOfAddress: 10 });
    await place("a", 6, "ann");
    await expect(place("b", 5, "bob")).rejects.toMatchObject(tooMany);
    await place("b", 5, "bob", "192.0.2.2");
  });

  test("in one order are no more than that either, and the guest hears how many may be", async () => {
    const { place } = shop({ unitsOfCustomer: 10 });
    await expect(place("a", 11)).rejects.toThrow("At most 10 dishes");
    await place("b", 10);
  });

  test("make room when their order is paid, cancelled or over", async () => {
    const { place, app, clock } = shop({ unitsOfCustomer: 10 });
    const first = await place("a", 10);
    await app.payOrder({ orderId: first.id, amount: first.total });
    const second = await place("b", 10);
    await app.cancelOrder({ customerId: "ann", orderId: second.id });
    await place("c", 10);
    await expect(place("d", 1)).rejects.toMatchObject(tooMany);
    clock.now += 1_800_001;
    await place("d", 1);
  });

  test("make room when another replica heard of the payment", async () => {
    const { place, store, stamp } = shop({ unitsOfCustomer: 10 });
    const { id } = await place("a", 10);
    await store.update(id, (order) => order.pay(stamp()));
    await place("b", 10);
  });

  test("of a burst are counted before any of it is placed", async () => {
    const { place, stock } = shop({ unitsOfCustomer: 10 });
    await Promise.allSettled(Array.from({ length: 30 }, (_, index) => place(`key-${index}`, 4)));
    expect(stock.held.size).toBe(2);
  });

  test("are counted of each wish under one key: a small one that fails hides no large one beside it", async () => {
    const { place, app, stock } = shop({ unitsOfCustomer: 10 });
    const fails = app.createOrder({ ...wish({ unicorn: 1 }, "a"), address: "192.0.2.1" });
    await expect(Promise.allSettled([fails, place("a", 11)])).resolves.toMatchObject([
      { reason: { kind: "invalid" } },
      { reason: tooMany },
    ]);
    await Promise.allSettled([app.createOrder({ ...wish({ unicorn: 1 }, "b"), address: "192.0.2.1" }), place("b", 8)]);
    await expect(place("c", 3)).rejects.toMatchObject(tooMany);
    expect([...stock.held.keys()]).toEqual(["ann/b"]);
  });

  test("of one wish that is sent many times at once are counted once", async () => {
    const { place, stock } = shop({ unitsOfCustomer: 10 });
    const orders = await Promise.all(Array.from({ length: 20 }, () => place("a", 6)));
    expect(new Set(orders.map(({ id }) => id)).size).toBe(1);
    expect(stock.held.size).toBe(1);
    await place("b", 4);
  });

  test("of an order that could not be placed count for nothing", async () => {
    const { place, app } = shop({ unitsOfCustomer: 10 });
    await expect(app.createOrder({ ...wish({ unicorn: 8 }, "a"), address: "192.0.2.1" })).rejects.toThrow();
    await place("b", 10);
  });
});

test("once unpaid orders are worth the limit there is no further one", async () => {
  const { place } = shop({ valueOfCustomer: 1, valueOfAddress: 1 });
  await place("a", 1);
  await expect(place("b", 1)).rejects.toMatchObject(tooMany);
  await expect(place("c", 1, "bob")).rejects.toThrow("others at your network address");
});

test("the same order again has its first answer, also where nothing is known of it", async () => {
  const { place, app, store } = shop({ unitsOfCustomer: 10 });
  const first = await place("a", 10);
  expect(await place("a", 10)).toEqual(first);
  const other = orderApp({ stock: fakeStock({ tea: 1_000 }), orders: store, unpaidLimits: { unitsOfCustomer: 10 } });
  await expect(other.app.createOrder(wish({ tea: 11 }, "z"))).rejects.toMatchObject(tooMany);
  expect(await app.getOrder({ customerId: "ann", orderId: first.id })).toEqual(first);
});
