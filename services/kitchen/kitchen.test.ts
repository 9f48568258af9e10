import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "#common/errors";
import { aKitchen, fakeOrders, flush, pass } from "./testing.ts";

const away = () => new AppError("unavailable", "order does not answer");

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

test("a nudge is handled at once; the order is claimed, cooked, and marked ready", async () => {
  const orders = fakeOrders();
  const { tell, cooking, finish } = aKitchen({ orders: orders.of("here") });
  orders.waiting.push("order-1");
  expect(await tell("order-1")).toBe("done");
  await flush();
  expect(cooking.size).toBe(1);
  expect(orders.ready).toEqual([]);
  finish();
  await flush();
  expect(orders.ready).toEqual(["order-1"]);
  expect(orders.calls).toEqual(["claim 4", "ready order-1"]);
});

test("no more is claimed or cooked than there are cooks, first paid first, and the rest follows without another nudge", async () => {
  const orders = fakeOrders();
  const { tell, cooking, finish, metrics } = aKitchen({ orders: orders.of("here"), cooks: 2 });
  const all = ["a", "b", "c", "d", "e"];
  orders.waiting.push(...all);
  await Promise.all(all.map(tell));
  await flush();
  expect([cooking.size, [...orders.claims.keys()]]).toEqual([2, ["a", "b"]]);
  expect(await metrics.registry.metrics()).toMatch(/kitchen_tickets\{state="cooking".*\} 2\n/);
  for (let meals = 0; meals < 5; meals++) {
    finish(1);
    await flush();
    expect(cooking.size).toBeLessThanOrEqual(2);
  }
  expect(orders.ready).toEqual(all);
});

test("a nudge that comes before the order has heard of its payment is tried again, a few times and not for ever", async () => {
  const orders = fakeOrders();
  const { tell, cooking } = aKitchen({ orders: orders.of("here") });
  await tell("early");
  await pass(250);
  orders.waiting.push("early");
  await pass(400);
  expect(cooking.size).toBe(1);
  const before = orders.calls.length;
  await tell("never");
  await pass(5_000);
  expect(orders.calls.length - before).toBe(5);
});

test("the nudge of an order that was claimed before it came asks for nothing", async () => {
  const orders = fakeOrders();
  const { tell } = aKitchen({ orders: orders.of("here") });
  orders.waiting.push("a", "b");
  await tell("a");
  await flush();
  expect(await tell("b")).toBe("repeated");
  await pass(5_000);
  expect(orders.calls).toEqual(["claim 4"]);
});

test("what nobody was told of is found within ten seconds, and at the start", async () => {
  const orders = fakeOrders();
  orders.waiting.push("old");
  const { cooking } = aKitchen({ orders: orders.of("here") });
  await pass(1_000);
  expect(cooking.size).toBe(1);
  orders.waiting.push("lost");
  await pass(10_000);
  expect(cooking.size).toBe(2);
  expect(orders.calls).toEqual(["claim 4", "claim 3"]);
});

test("nudges that come while a claim is under way lead to one more, and never to two at once", async () => {
  const orders = fakeOrders();
  let underWay = 0;
  orders.hooks.claim = async () => {
    underWay++;
    expect(underWay).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 40));
    underWay--;
  };
  const { tell, cooking } = aKitchen({ orders: orders.of("here"), cooks: 100 });
  orders.waiting.push("a");
  await tell("a");
  await flush();
  for (let index = 0; index < 50; index++) {
    orders.hooks.claimed = () => void orders.waiting.push(`order-${index}`);
    await tell(`order-${index}`);
  }
  await pass(40);
  await pass(40);
  expect(orders.calls.filter((call) => call.startsWith("claim"))).toHaveLength(2);
  expect(cooking.size).toBe(2);
});

test("five hundred nudges to a thousand cooks cause a handful of calls", async () => {
  const orders = fakeOrders();
  const { tell, cooking, finish } = aKitchen({ orders: orders.of("here"), cooks: 1_000 });
  const all = Array.from({ length: 500 }, (_, index) => `order-${index}`);
  orders.waiting.push(...all);
  await Promise.all(all.map(tell));
  await flush();
  expect(cooking.size).toBe(500);
  finish();
  await flush();
  expect(orders.ready).toHaveLength(500);
  expect(orders.calls.filter((call) => call.startsWith("claim"))).toHaveLength(6);
});

test("a claim whose answer was lost is given back before the next, but for what is being cooked", async () => {
  const orders = fakeOrders();
  const { tell, cooking } = aKitchen({ orders: orders.of("here") });
  orders.waiting.push("a");
  await tell("a");
  await flush();
  orders.hooks.claimed = () => Promise.reject(away());
  orders.waiting.push("b");
  await tell("b");
  await flush();
  expect(orders.claims.get("b")).toBe("here");
  delete orders.hooks.claimed;
  await pass(200);
  expect(orders.calls).toEqual(["claim 4", "claim 3", "keep a", "claim 3"]);
  expect(cooking.size).toBe(2);
});

test("a claim outlasts the longest meal, and its nudge is handled before the meal is begun", async () => {
  const orders = fakeOrders();
  const leases: number[] = [];
  const here = orders.of("here");
  const claim: typeof here.claim = (count, leaseSeconds) => {
    leases.push(leaseSeconds);
    return here.claim(count, leaseSeconds);
  };
  const { tell, cooking } = aKitchen({ orders: { ...here, claim }, cookSeconds: 3_600 });
  orders.waiting.push("a");
  expect([await tell("a"), cooking.size]).toEqual(["done", 0]);
  await flush();
  expect([cooking.size, leases.every((seconds) => seconds > 3_600), leases.length > 0]).toEqual([1, true, true]);
});

test("a ticket that cannot be given back keeps the cooks from no other, and is given back as soon as it can be", async () => {
  const orders = fakeOrders();
  const { tell, cooking } = aKitchen({ orders: orders.of("here") });
  orders.hooks.claimed = () => Promise.reject(away());
  orders.waiting.push("a");
  await tell("a");
  await flush();
  delete orders.hooks.claimed;
  orders.hooks.giveBack = () => Promise.reject(away());
  orders.waiting.push("b");
  await pass(200);
  expect([cooking.size, orders.claims.get("a")]).toEqual([1, "here"]);
  delete orders.hooks.giveBack;
  await pass(10_000);
  expect([cooking.size, orders.calls.at(-2)]).toEqual([2, "keep b"]);
});

test("an order that is claimed once more while it is still in work is cooked once", async () => {
  const orders = fakeOrders();
  const { tell, cooking, finish } = aKitchen({ orders: orders.of("here") });
  orders.waiting.push("a");
  await tell("a");
  await flush();
  // Its lease has ended.
  orders.waiting.push("a");
  await pass(10_000);
  expect([orders.waiting, cooking.size]).toEqual([[], 1]);
  finish();
  await flush();
  expect([orders.ready, cooking.size]).toEqual([["a"], 0]);
});

test("while the order service is away nudges cause no calls, and it is asked less and less", async () => {
  const orders = fakeOrders();
  orders.hooks.claim = () => Promise.reject(away());
  const { tell } = aKitchen({ orders: orders.of("here") });
  for (let second = 0; second < 60; second++) {
    await tell(`order-${second}`);
    await pass(1_000);
  }
  const claims = orders.calls.filter((call) => call.startsWith("claim"));
  expect(claims.length).toBeGreaterThan(5);
  expect(claims.length).toBeLessThan(25);
});

test("a meal is told as ready until somebody answers, and a refusal ends its ticket alone", async () => {
  const orders = fakeOrders();
  const { tell, finish, cooking, metrics } = aKitchen({ orders: orders.of("here") });
  orders.waiting.push("patient", "refused", "plain");
  await tell("patient");
  await flush();
  let isAway = true;
  orders.hooks.markReady = async (orderId) => {
    if (orderId === "patient" && isAway) throw away();
    if (orderId === "refused") throw new AppError("conflict", "A refunded order cannot become ready");
  };
  finish();
  await pass(60_000);
  expect([orders.ready, cooking.size]).toEqual([["plain"], 0]);
  expect(await metrics.registry.metrics()).toMatch(/kitchen_tickets\{state="cooking".*\} 1\n/);
  isAway = false;
  await pass(5_000);
  expect(orders.ready).toEqual(["plain", "patient"]);
  expect(await metrics.registry.metrics()).toMatch(/kitchen_tickets\{state="cooking".*\} 0\n/);
});

test("a meal that can never be told as ready lets go of its cook in the end", async () => {
  const orders = fakeOrders();
  const { tell, finish, metrics } = aKitchen({ orders: orders.of("here") });
  orders.waiting.push("stuck");
  await tell("stuck");
  await flush();
  orders.hooks.markReady = () => Promise.reject(away());
  finish();
  await pass(15 * 60_000);
  expect(await metrics.registry.metrics()).toMatch(/kitchen_tickets\{state="cooking".*\} 0\n/);
});

test("a cook who fails ends one ticket, and the others go on", async () => {
  const orders = fakeOrders();
  const cook = vi.fn(async () => {});
  cook.mockRejectedValueOnce(new Error("burnt"));
  const { tell } = aKitchen({ orders: orders.of("here"), cook, cooks: 1 });
  orders.waiting.push("burnt", "fine");
  await tell("burnt");
  await flush();
  expect(orders.ready).toEqual(["fine"]);
});
