import type { Api } from "../api/client.ts";
import type { MenuCard, PriceChange, Product } from "../api/types.ts";
import { words } from "../language/language.ts";
import { createStore, type Store } from "../store.ts";
import { translated } from "./translated.ts";

export type MenuState = { state: "loading" } | { state: "failed"; error: unknown } | ({ state: "ready" } & MenuCard);

export type Menu = {
  /** In the page's language, as far as the menu has it. */
  store: Store<MenuState>;
  /** Shows that it loads, and failures too. */
  load(): Promise<void>;
  /** Replaces a menu that is shown by a newer one; a failure leaves it as it is. */
  refresh(): Promise<void>;
  /** Shows prices that are known to be newer than those on the menu. */
  correct(changes: readonly PriceChange[]): void;
};

export function createMenu(api: Pick<Api, "menu">, language: Pick<Store<string>, "get" | "subscribe">): Menu {
  const heard = createStore<MenuState>({ state: "loading" });
  const store = createStore<MenuState>(heard.get());
  const show = () => {
    const now = heard.get();
    store.set(now.state === "ready" ? { ...now, products: translated(now.products, language.get()) } : now);
  };
  heard.subscribe(show);
  language.subscribe(show);
  async function load() {
    heard.set({ state: "loading" });
    try {
      heard.set({ state: "ready", ...(await api.menu()) });
    } catch (error) {
      heard.set({ state: "failed", error });
    }
  }
  return {
    store,
    correct(changes) {
      const shown = heard.get();
      // A menu that is set anew counts as heard from the server.
      if (shown.state !== "ready" || changes.length === 0) return;
      const now = new Map(changes.map((change) => [change.productId, change.now]));
      const products = shown.products.map((each) => ({ ...each, unitPrice: now.get(each.id) ?? each.unitPrice }));
      heard.set({ ...shown, products });
    },
    load,
    async refresh() {
      if (store.get().state !== "ready") return load();
      try {
        heard.set({ state: "ready", ...(await api.menu()) });
      } catch {
        // What is shown is better than nothing, and the next refresh may work.
      }
    },
  };
}

/** Categories in the order in which the menu first names them. */
export function byCategory(products: readonly Product[]): { category: string; products: Product[] }[] {
  const groups = new Map<string, Product[]>();
  for (const product of products) groups.set(product.category, [...(groups.get(product.category) ?? []), product]);
  return [...groups].map(([category, members]) => ({ category, products: members }));
}

/** What is left in words, and whether to hurry. */
export function leftOver(available: number): { text: string; level: "plenty" | "few" | "none" } {
  if (available <= 0) return { text: words.dishes.soldOut, level: "none" };
  if (available <= 5) return { text: words.dishes.onlyLeft(available), level: "few" };
  return { text: available < 100 ? words.dishes.left(available) : words.dishes.plenty, level: "plenty" };
}
