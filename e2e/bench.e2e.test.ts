import { beforeAll, expect, inject, test } from "vitest";
import { missed, runK6, value } from "../load/k6.ts";
import { ensurePrograms } from "../tools/programs/ensure.ts";

const { apps } = inject("stack");
// Two of the menu that no other test needs.
const shop = { URL: apps.order.url, PRODUCTS: "lemonade,flat-white" };

async function left(): Promise<number> {
  const answer = await fetch(`${apps.order.url}/api/products`);
  const { products } = (await answer.json()) as { products: { id: string; available: number }[] };
  return products.find(({ id }) => id === "lemonade")?.available ?? 0;
}

beforeAll(async () => void (await ensurePrograms(["k6"])), 600_000);

test("the load scripts count every order that they place, and each order takes its units once", async () => {
  const before = await left();
  const closed = await runK6("orders", { ...shop, SECONDS: 5, CONNECTIONS: 2, ITERATIONS: 6 });
  expect(value(closed, "refused_with_status", "max")).toBe(0);
  expect(value(closed, "orders_accepted", "count")).toBe(6);
  expect(value(closed, "order_ms", "count")).toBe(6);
  const flow = await runK6("flow", { ...shop, SECONDS: 2, RATE: 2 });
  const accepted = value(flow, "orders_accepted", "count");
  expect(accepted).toBeGreaterThan(0);
  expect(value(flow, "to_ready_ms", "count")).toBe(accepted);
  expect(missed(flow)).toEqual([]);
  expect(before - (await left())).toBe(6 + accepted);
});

test("orders that nobody accepts are counted as failed", async () => {
  const sold = await runK6("orders", { ...shop, PRODUCTS: "no-such-dish", SECONDS: 5, CONNECTIONS: 1, ITERATIONS: 2 });
  expect(value(sold, "orders_accepted", "count")).toBe(0);
  expect(missed(sold)).toContain("orders_failed: rate<0.001");
});
