import { expect, test, vi } from "vitest";
import { memoryOrders } from "../../adapters/memoryOrders.ts";
import { orderApp, wish } from "../../testing/app.ts";
import { fakeStock } from "../../testing/fakes.ts";
import { after, stamp } from "../../testing/orders.ts";
import type { CreateOrder } from "./createOrder.ts";
import { withinOpenOrders } from "./openOrders.ts";

const tooMany = { name: "AppError", kind: "too_many" };
const plenty = () => fakeStock({ tea: 1_000 });

/** A shop that lets four unpaid orders be, and a way to place ann's next one. */
function shop() {
  const asked: string[] = [];
  const store = memoryOrders();
  const orders = {
    ...store,
    countOpen: (customerId: string, most: number) => {
      asked.push(customerId);
      return store.countOpen(customerId, most);
    },
  };
  const parts = orderApp({ stock: plenty(), orders, maxOpenOrders: 4 });
  const place = (key: string, customerId = "ann") => parts.app.createOrder(wish({ tea: 1 }, key, customerId));
  return { ...parts, place, asked };
}

test("with as many unpaid orders as one may have there is no further one, and nothing is reserved for it", async () => {
  const { place, stock } = shop();
  for (const key of ["a", "b", "c", "d"]) await place(key);
  await expect(place("e")).rejects.toMatchObject(tooMany);
  expect(stock.held.size).toBe(4);
  await place("a", "bob");
});

test("an order that is paid or cancelled makes room", async () => {
  const { place, app } = shop();
  const [first, second] = [await place("a"), await place("b"), await place("c"), await place("d")];
  await app.cancelOrder({ customerId: "ann", orderId: first.id });
  await place("e");
  await expect(place("f")).rejects.toMatchObject(tooMany);
  await app.payOrder({ orderId: second.id, amount: second.total });
  await place("f");
});

test("the same order again has its first answer all the same", async () => {
  const { place } = shop();
  const first = await place("a");
  for (const key of ["b", "c", "d"]) await place(key);
  expect(await place("a")).toEqual(first);
});

test("a burst is no way around it", async () => {
  const { place, orders } = shop();
  await Promise.allSettled(Array.from({ length: 30 }, (_, index) => place(`key-${index}`)));
  expect(await orders.countOpen("ann", 100)).toBeLessThanOrEqual(4);
});

test("the same order thirty times at once is one order", async () => {
  const { place } = shop();
  const answers = await Promise.all(Array.from({ length: 30 }, () => place("a")));
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
});

test("an order that was sent twice counts as long as one of both is under way", async () => {
  const refusals: ((error: Error) => void)[] = [];
  const create = ({ idempotencyKey }: CreateOrder) =>
    idempotencyKey === "e"
      ? Promise.resolve(after().snapshot)
      : new Promise<never>((_, reject) => void refusals.push(reject));
  const place = withinOpenOrders(create, {
    orders: { get: async () => undefined, countOpen: async () => 0 },
    now: () => stamp(0),
    ttlMs: 1_800_000,
    maxOpenOrders: 4,
    orderId: (customerId, key) => `${customerId}/${key}`,
  });
  const sent = ["a", "a", "b", "c", "d"].map((key) => place(wish({ tea: 1 }, key)));
  await vi.waitFor(() => expect(refusals).toHaveLength(5));
  refusals[1]?.(new Error("sent twice"));
  await expect(sent[1]).rejects.toThrow("sent twice");

  await expect(place(wish({ tea: 1 }, "e"))).rejects.toMatchObject(tooMany);
});

test("who orders once in a while costs no question", async () => {
  const { place, asked, clock } = shop();
  for (const key of ["a", "b", "c"]) {
    await place(key);
    clock.now += 1_800_001;
  }
  expect(asked).toEqual([]);
});
