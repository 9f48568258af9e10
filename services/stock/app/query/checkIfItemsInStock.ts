import type { Handler } from "#common/decorator/observed";
import type { Shortage } from "#common/errors";
import { type Line, missingOf } from "../../domain/allot.ts";
import type { StockRepository } from "../../domain/stockRepository.ts";

export type CheckIfItemsInStock = { readonly lines: readonly Line[] };

/** What is missing to serve the lines now; of a product that does not exist there is none. Promises nothing. */
export function checkIfItemsInStock(stock: StockRepository): Handler<CheckIfItemsInStock, readonly Shortage[]> {
  return async ({ lines }) => {
    const products = await stock.products(lines.map(({ productId }) => productId));
    const { missing, unknownProductIds } = missingOf(lines, new Map(products.map((product) => [product.id, product])));
    const unknown = lines.filter(({ productId }) => unknownProductIds.includes(productId));
    return [
      ...missing,
      ...unknown.map(({ productId, quantity }) => ({ productId, requested: quantity, available: 0 })),
    ];
  };
}
