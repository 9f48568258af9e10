import { createClient, createRouterTransport } from "@connectrpc/connect";
import { serverErrors } from "#common/connect/errors";
import { StockStaffService } from "#common/genproto/stock/v1/staff_pb";
import { StockService } from "#common/genproto/stock/v1/stock_pb";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { memoryStock } from "../adapters/memory/stock.ts";
import { buildStock } from "../build.ts";
import { ownPrices, type PriceList } from "../domain/priceList.ts";
import { aProduct, noOrders } from "../testing.ts";

/** When every test happens. */
export const now = Date.UTC(2026, 0, 1);

/** Stock behind its routes, by default ten units of tea and one of cake, and a client of it. */
export function given(
  stock: ReturnType<typeof memoryStock> = memoryStock([aProduct("tea"), aProduct("cake", { available: 1 })]),
  prices: PriceList = ownPrices,
) {
  const metrics = createMetrics("stock", false);
  const service = buildStock({ stock, orders: noOrders, prices, logger: silentLogger, metrics, now: () => now });
  const transport = createRouterTransport((router) => service.rpc?.(router), {
    router: { interceptors: [serverErrors(silentLogger)] },
  });
  return {
    stock,
    metrics,
    client: createClient(StockService, transport),
    staff: createClient(StockStaffService, transport),
  };
}

/** A line of so many teas. */
export const tea = (quantity: number) => ({ productId: "tea", quantity });
/** An order that holds for a minute. */
export const order = (orderId: string, ...lines: { productId: string; quantity: number }[]) => ({
  orderId,
  lines,
  ttlSeconds: 60,
});
/** So many of something. */
export const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
