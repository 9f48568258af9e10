import type { Handler } from "#common/decorator/observed";
import { isKind } from "#common/errors";
import type { Product, Stock } from "../ports.ts";

/** How old a menu may be, in milliseconds; and while stock is away, for how long an old one is better than none. */
const [freshMs, staleMs] = [1_000, 300_000];

type Dependencies = {
  stock: Pick<Stock, "products">;
  /** Milliseconds, from any beginning. */
  clock: () => number;
};

/**
 * The menu, at most a second old: however many ask, stock is asked once a second. What is left of a product promises
 * nothing, as only a reservation does.
 */
export function getProducts({ stock, clock }: Dependencies): Handler<object, readonly Product[]> {
  let menu: { products: readonly Product[]; at: number } | undefined;
  let asked: Promise<readonly Product[]> | undefined;

  async function ask(): Promise<readonly Product[]> {
    const at = clock();
    try {
      menu = { products: await stock.products(), at };
      return menu.products;
    } catch (error) {
      if (!isKind(error, "unavailable") || !menu || clock() - menu.at > staleMs) throw error;
      return menu.products;
    }
  }

  return async () => {
    if (menu && clock() - menu.at < freshMs) return menu.products;
    asked ??= ask().finally(() => {
      asked = undefined;
    });
    return asked;
  };
}
