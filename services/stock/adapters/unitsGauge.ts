import type { Metrics } from "#common/metrics";
import { piles } from "../domain/product.ts";
import type { StockRepository } from "../domain/stockRepository.ts";

/** Shows where the units of every product are, as the repository knows it whenever the numbers are read. */
export function unitsGauge(metrics: Metrics, stock: StockRepository): void {
  metrics.gauge("gorder_stock_units", "Units by product and state", ["product", "state"], async (gauge) => {
    gauge.reset();
    // While the database is away the other numbers are wanted all the more.
    const products = await stock.products().catch(() => []);
    for (const product of products) {
      for (const state of piles) gauge.set({ product: product.id, state }, product[state]);
    }
  });
}
