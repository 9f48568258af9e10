import type { Handler } from "#common/decorator/observed";
import type { PriceList } from "../../domain/priceList.ts";
import type { Product } from "../../domain/product.ts";
import type { StockRepository } from "../../domain/stockRepository.ts";

/** Without ids: the whole menu. */
export type GetItems = { readonly productIds?: readonly string[] };

/** Products as a customer would buy them now: with the price that a reservation would get. */
export function getItems(stock: StockRepository, prices: PriceList): Handler<GetItems, readonly Product[]> {
  return async ({ productIds }) => {
    const products = await stock.products(productIds);
    const current = await prices.pricesOf(products.map(({ id }) => id));
    return products.map((product) => ({ ...product, unitPrice: current.get(product.id) ?? product.unitPrice }));
  };
}
