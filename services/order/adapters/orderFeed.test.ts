import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { silentLogger } from "#common/logging";
import type { OrderSnapshot } from "../domain/order.ts";
import { Order } from "../domain/order.ts";
import { memoryOrders } from "./memoryOrders.ts";
import { orderFeed } from "./orderFeed.ts";

const place = (id: string) =>
  Order.place({
    id,
    customerId: "customer",
    lines: [
      { productId: "soup", name: "Soup", quantity: 1, unitPrice: { amount: 690, currency: "eur" }, stripePriceId: "" },
    ],
    expiresAt: new Date(1_800_000),
    traceparent: "",
    eventId: `event-${id}`,
    stamp: { at: new Date(0), traceId: "" },
  });
const stamp = { at: new Date(1), traceId: "" };

describe("the feed of orders", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("tells of a change by another replica", async () => {
    const store = memoryOrders();
    await store.add(place("a"));
    const feed = orderFeed(store, silentLogger);
    const told: OrderSnapshot[] = [];
    feed.watch("a", (order) => told.push(order));
    await store.update("a", (order) => order.requestPayment("https://pay", stamp));
    await vi.advanceTimersByTimeAsync(1_000);
    feed.close();
    expect(told.at(-1)?.status).toBe("waiting_for_payment");
  });

  it("tells of each version once, however often it is looked at", async () => {
    const store = memoryOrders();
    await store.add(place("a"));
    const feed = orderFeed(store, silentLogger);
    const told: OrderSnapshot[] = [];
    feed.watch("a", (order) => told.push(order));
    await vi.advanceTimersByTimeAsync(5_000);
    feed.close();
    expect(told.map(({ version }) => version)).toEqual([1]);
  });

  it("looks at a bounded number of orders each second, and at every one in its turn", async () => {
    const store = memoryOrders();
    const ids = Array.from({ length: 120 }, (_, index) => `order-${index}`);
    for (const id of ids) await store.add(place(id));
    const looked: string[] = [];
    const get = (id: string) => {
      looked.push(id);
      return store.get(id);
    };
    const feed = orderFeed({ ...store, get }, silentLogger);
    for (const id of ids) feed.watch(id, () => undefined);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(looked).toHaveLength(50);
    await vi.advanceTimersByTimeAsync(2_100);
    feed.close();
    expect(new Set(looked)).toEqual(new Set(ids));
  });
});
