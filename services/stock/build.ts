import type { ReadinessCheck } from "#common/http/health";
import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import type { Service } from "#common/service";
import { unitsGauge } from "./adapters/unitsGauge.ts";
import { createApp, type StockApp } from "./app/app.ts";
import { ownPrices, type PriceList } from "./domain/priceList.ts";
import type { StockRepository } from "./domain/stockRepository.ts";
import { stockRoutes } from "./ports/stockRoutes.ts";

/** What stock is built with. */
export type StockOptions = {
  stock: StockRepository;
  /** Where prices come from; by default from the products themselves. */
  prices?: PriceList;
  logger: Logger;
  metrics: Metrics;
  /** What else must answer for stock to be ready. */
  checks?: Record<string, ReadinessCheck>;
  /** Milliseconds since the epoch. */
  now?: () => number;
  close?: () => Promise<void>;
};

/** Stock: products, what is left of them, and who holds how much. */
export function buildStock(options: StockOptions): Service & { app: StockApp } {
  const { stock, prices = ownPrices, logger, metrics, checks = {}, now = Date.now, close = async () => {} } = options;
  unitsGauge(metrics, stock);
  const app = createApp({ stock, prices, logger, metrics });
  return { name: "stock", app, rpc: stockRoutes(app, now), checks: { ...checks }, metrics, close };
}
