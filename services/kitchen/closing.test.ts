import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aKitchen, fakeOrders, flush, pass } from "./testing.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

test("a kitchen that closes gives back what is not ready, and claims nothing more", async () => {
  const orders = fakeOrders();
  const here = aKitchen({ orders: orders.of("here"), cooks: 2 });
  orders.waiting.push("a", "b", "c");
  await here.tell("a");
  await flush();
  here.service.drain?.();
  await here.service.close();
  expect([here.cooking.size, orders.waiting, orders.calls.at(-1)]).toEqual([0, ["a", "b", "c"], "keep "]);
  await here.tell("d");
  await pass(20_000);
  expect(orders.calls.filter((call) => call.startsWith("claim"))).toHaveLength(1);
  const there = aKitchen({ orders: orders.of("there") });
  await there.tell("c");
  await flush();
  expect(there.cooking.size).toBe(3);
});

test("a meal that is being told as ready when the kitchen closes is not given back", async () => {
  const orders = fakeOrders();
  const { tell, finish, service } = aKitchen({ orders: orders.of("here") });
  orders.waiting.push("a");
  await tell("a");
  await flush();
  let answer = () => {};
  orders.hooks.markReady = () => new Promise((resolve) => (answer = resolve));
  finish();
  await flush();
  const closed = service.close();
  await flush();
  answer();
  await closed;
  expect([orders.ready, orders.waiting]).toEqual([["a"], []]);
});

test("tickets whose claim is under way when the kitchen closes are given back", async () => {
  const orders = fakeOrders();
  let answer = () => {};
  orders.hooks.claim = () => new Promise((resolve) => (answer = resolve));
  const { tell, service, cooking } = aKitchen({ orders: orders.of("here") });
  orders.waiting.push("a");
  await tell("a");
  await flush();
  const closed = service.close();
  await flush();
  answer();
  await closed;
  expect([cooking.size, orders.waiting]).toEqual([0, ["a"]]);
});

test("an idle kitchen closes without a call, and an order service that is silent does not keep it", async () => {
  const orders = fakeOrders();
  await aKitchen({ orders: orders.of("idle") }).service.close();
  expect(orders.calls).toEqual([]);
  const { tell, service } = aKitchen({ orders: { ...orders.of("here"), returnTickets: () => new Promise(() => {}) } });
  orders.waiting.push("a");
  await tell("a");
  await flush();
  vi.useRealTimers();
  const started = performance.now();
  await service.close();
  expect(performance.now() - started).toBeLessThan(30_000);
});
