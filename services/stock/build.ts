import type { ReadinessCheck } from "#common/http/health";
import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import { startPeriodic } from "#common/periodic";
import type { Service } from "#common/service";
import { currentTraceId } from "#common/tracing";
import { unitsGauge } from "./adapters/unitsGauge.ts";
import { createApp, type StockApp } from "./app/app.ts";
import { settleOverdue } from "./app/overdue.ts";
import type { Orders } from "./app/services.ts";
import { ownPrices, type PriceList } from "./domain/priceList.ts";
import type { StaffRepository } from "./domain/staffRepository.ts";
import type { StockRepository } from "./domain/stockRepository.ts";
import { stockRpc } from "./ports/rpc.ts";
import { stockStaffRpc } from "./ports/staffRpc.ts";

export type StockOptions = {
  stock: StockRepository & { readonly staff: StaffRepository };
  /** Where prices come from; by default from the products themselves. */
  prices?: PriceList;
  /** Who is asked before a reservation that is overdue is released. */
  orders: Orders;
  /** How often overdue reservations are looked for, and how long past their deadline: in milliseconds. */
  sweep?: { everyMs: number; graceMs: number };
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
  const { stock, prices = ownPrices, orders, logger, metrics, checks = {}, now = Date.now } = options;
  const { everyMs, graceMs } = options.sweep ?? { everyMs: 15_000, graceMs: 60_000 };
  unitsGauge(metrics, stock);
  const app = createApp({ stock, staff: stock.staff, traceId: currentTraceId, prices, orders, now, logger, metrics });
  const work = settleOverdue({ stock, settle: app.settleReservations, graceMs, now, logger, metrics });
  const settling = startPeriodic({ name: "sweeping the reservations", everyMs, logger, work });
  return {
    name: "stock",
    app,
    rpc(router) {
      stockRpc(app, { now, logger })(router);
      stockStaffRpc(app)(router);
    },
    checks: { ...checks },
    metrics,
    async close() {
      await settling.stop();
      await options.close?.();
    },
  };
}
