import type { Handler } from "#common/decorator/observed";
import type { PriceList } from "../../domain/priceList.ts";
import { orderable, type Product } from "../../domain/product.ts";
import type { Shop } from "../../domain/shop.ts";
import type { StockRepository } from "../../domain/stockRepository.ts";

/** Without ids: the whole menu. */
export type GetItems = { readonly productIds?: readonly string[] };

/** What is on the menu, and whether anybody may order of it. */
export type Menu = { readonly products: readonly Product[]; readonly shop: Shop };

/** Products as a customer would buy them now: with the price that a reservation would get, and so many as it could take. */
export function getItems(stock: StockRepository, prices: PriceList): Handler<GetItems, Menu> {
  return async ({ productIds }) => {
    const [all, shop] = await Promise.all([stock.products(productIds), stock.shop()]);
    const shown = all.filter(({ hidden }) => !hidden);
    const current = await prices.pricesOf(shown.map(({ id }) => id));
    const products = shown.map((product) => {
      return { ...product, unitPrice: current.get(product.id) ?? product.unitPrice, available: orderable(product) };
    });
    return { products, shop };
  };
}
