import { expect, it, vi } from "vitest";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { memoryStock } from "./adapters/memory/stock.ts";
import { buildStock } from "./build.ts";
import { anOrder, aProduct, ledgerOf, noOrders, noPrices } from "./testing.ts";

it("releases by itself what nobody needs, and looks no more once it is closed", async () => {
  const stock = memoryStock([aProduct("tea")]);
  const due = vi.spyOn(stock, "claimDue");
  await stock.reserve([anOrder({ tea: 2 })], noPrices);
  const sweep = { everyMs: 1, graceMs: 0 };
  const metrics = createMetrics("stock", false);
  const service = buildStock({ stock, orders: noOrders, sweep, logger: silentLogger, metrics });
  await vi.waitFor(async () => expect(await ledgerOf(stock)).toEqual({ tea: [10, 0, 0] }));
  const lapsed = 'gorder_reservations_total{outcome="lapsed",service="stock"} 1';
  await expect.poll(() => metrics.registry.metrics()).toContain(lapsed);
  await service.close();
  due.mockClear();
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(due).not.toHaveBeenCalled();
});
