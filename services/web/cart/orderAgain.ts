import type { OrderItem, Product } from "../api/types.ts";
import { words } from "../language/language.ts";
import { type Cart, maxLines, maxQuantity, setQuantity } from "./cart.ts";

/**
 * The cart with an earlier order's dishes in it, as far as there are any now; pressing twice does not double them.
 * @returns also what was left out or lowered, in words.
 */
export function orderAgain(
  cart: Cart,
  items: readonly OrderItem[],
  menu: readonly Product[],
): { cart: Cart; leftOut: string[] } {
  const leftOut: string[] = [];
  const filled = items.reduce<Cart>((filling, { productId, name, quantity }) => {
    const product = menu.find(({ id }) => id === productId);
    if (!product || product.available <= 0) {
      leftOut.push(product ? words.refused.soldOut(product.name) : words.again.gone(name));
      return filling;
    }
    const wanted = Math.max(filling.get(productId) ?? 0, Math.min(quantity, product.available, maxQuantity));
    if (wanted < quantity) leftOut.push(words.again.fewer(product.name, product.available, quantity));
    const next = setQuantity(filling, productId, wanted);
    if (!next.has(productId)) leftOut.push(words.again.full(product.name, maxLines));
    return next;
  }, cart);
  return { cart: filled, leftOut };
}
