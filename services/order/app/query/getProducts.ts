import type { Handler } from "#common/decorator/observed";
import { isKind } from "#common/errors";
import type { Menu, Stock } from "../services.ts";

/** How old a menu may be, in milliseconds; and while stock is away, for how long an old one is better than none. */
const [freshMs, staleMs] = [1_000, 300_000];

type Deps = {
  stock: Pick<Stock, "products">;
  /** Milliseconds, from any beginning. */
  clock: () => number;
};

/**
 * The menu, at most a second old: however many ask, stock is asked once a second. What is left of a product promises
 * nothing, as only a reservation does.
 */
export function getProducts({ stock, clock }: Deps): Handler<object, Menu> {
  let last: { menu: Menu; at: number } | undefined;
  let asked: Promise<Menu> | undefined;

  async function ask(): Promise<Menu> {
    const at = clock();
    try {
      last = { menu: await stock.products(), at };
      return last.menu;
    } catch (error) {
      if (!isKind(error, "unavailable") || !last || clock() - last.at > staleMs) throw error;
      return last.menu;
    }
  }

  return async () => {
    if (last && clock() - last.at < freshMs) return last.menu;
    asked ??= ask().finally(() => {
      asked = undefined;
    });
    return asked;
  };
}
