import type { Handler } from "#common/decorator/observed";
import type { PriceList } from "../../domain/priceList.ts";
import type { Product } from "../../domain/product.ts";
import type { StockRepository } from "../../domain/stockRepository.ts";

/** Every product, hidden ones too, with the price that guests are shown, in the menu's order. */
export function listDishes(stock: StockRepository, prices: PriceList): Handler<object, readonly Product[]> {
  return async () => {
    const products = await stock.products();
    const current = await prices.pricesOf(products.map(({ id }) => id));
    return products.map((product) => ({ ...product, unitPrice: current.get(product.id) ?? product.unitPrice }));
  };
}
