import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "#common/logging";
import type { PriceList } from "../../domain/priceList.ts";
import type { Money } from "../../domain/product.ts";
import type { StockRepository } from "../../domain/stockRepository.ts";
import { freshSeconds } from "./sharedPrices.ts";
import type { ReadPrice } from "./stripePrices.ts";

/** How long a reservation waits for a price that was never read, in milliseconds. Our callers wait for two seconds. */
const patienceMs = 1_000;

/** After a failure a price is tried again this soon, in seconds. */
const retrySeconds = 10;

/** What is known of a product's price: nothing means that the product's own counts. */
type Entry = { price?: Money | undefined; readAgainAt: number; reading?: Promise<void> | undefined };

/**
 * Prices by product, kept in this process: a reservation waits for Stripe only the first time that a product is asked
 * for. Later ones get what is known, while one read in the background renews it.
 *
 * Decision: a product whose price could never be read from Stripe costs what its row says. The alternative, to fail,
 * would fail all the orders of its batch. Nobody pays a wrong amount: the checkout compares with Stripe's price.
 */
export function stripePriceList(
  products: StockRepository["products"],
  read: ReadPrice,
  logger: Logger,
  now: () => number = Date.now,
): PriceList {
  const entries = new Map<string, Entry>();

  async function renew(productId: string, entry: Entry): Promise<void> {
    try {
      const [product] = await products([productId]);
      if (!product) entries.delete(productId);
      entry.price = product?.stripePriceId ? await read(product.stripePriceId) : undefined;
      entry.readAgainAt = now() + freshSeconds * 1_000;
    } catch (error) {
      logger.error("price not read from stripe", { productId, known: entry.price !== undefined }, error);
      entry.readAgainAt = now() + retrySeconds * 1_000;
    }
  }

  /** Has the price read when it is time. @returns what to wait for, if it was never read. */
  function ask(productId: string): Promise<void> | undefined {
    const entry: Entry = entries.get(productId) ?? { readAgainAt: 0 };
    entries.set(productId, entry);
    if (entry.readAgainAt > now()) return undefined;
    const isFirst = entry.readAgainAt === 0;
    entry.reading ??= renew(productId, entry).finally(() => {
      entry.reading = undefined;
    });
    return isFirst ? entry.reading : undefined;
  }

  return {
    async pricesOf(productIds) {
      const firsts = productIds.flatMap((id) => ask(id) ?? []);
      if (firsts.length > 0) await Promise.race([Promise.all(firsts), delay(patienceMs, undefined, { ref: false })]);
      const prices = productIds.map((id) => [id, entries.get(id)?.price] as const);
      return new Map(prices.filter((pair): pair is [string, Money] => pair[1] !== undefined));
    },
  };
}
