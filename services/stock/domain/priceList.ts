import type { Money } from "./product.ts";

/** Where prices come from when not from the products themselves. */
export type PriceList = {
  /** Prices by product id that count instead of the products' own. Who is left out costs what the product says. */
  pricesOf(productIds: readonly string[]): Promise<ReadonlyMap<string, Money>>;
};

/** The products' own prices. */
export const ownPrices: PriceList = { pricesOf: async () => new Map() };
