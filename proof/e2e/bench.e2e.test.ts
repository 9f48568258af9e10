import { beforeAll, expect, inject, test } from "vitest";
import { ensurePrograms } from "../../dev/programs/ensure.ts";
import { missed, runK6, value } from "../../ops/load/k6.ts";
import { demandBalance } from "./ledger.ts";
import { newProducts } from "./shop.ts";

const URL = inject("stack").apps.order.url;

beforeAll(async () => void (await ensurePrograms(["k6"])), 600_000);

test("the load scripts count every order that they place, and each order takes its units once", async () => {
  const [tea = "", cake = ""] = await newProducts(100, 100);
  const shop = { URL, PRODUCTS: `${tea},${cake}` };
  const closed = await runK6("orders", { ...shop, SECONDS: 5, CONNECTIONS: 2, ITERATIONS: 6 });
  expect(value(closed, "refused_with_status", "max")).toBe(0);
  expect(value(closed, "orders_accepted", "count")).toBe(6);
  expect(value(closed, "order_ms", "count")).toBe(6);
  const flow = await runK6("flow", { ...shop, SECONDS: 2, RATE: 2 });
  const accepted = value(flow, "orders_accepted", "count");
  expect(accepted).toBeGreaterThan(0);
  expect(value(flow, "to_ready_ms", "count")).toBe(accepted);
  expect(missed(flow)).toEqual([]);
  const pile = { available: 100 - 6 - accepted, reserved: 6, sold: accepted };
  expect(await demandBalance({ [tea]: 100, [cake]: 100 })).toEqual({ [tea]: pile, [cake]: pile });
}, 180_000);

test("orders that nobody accepts are counted as failed", async () => {
  const sold = await runK6("orders", { URL, PRODUCTS: "no-such-dish", SECONDS: 5, CONNECTIONS: 1, ITERATIONS: 2 });
  expect(value(sold, "orders_accepted", "count")).toBe(0);
  expect(missed(sold)).toContain("orders_failed: rate<0.001");
});
