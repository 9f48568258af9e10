import type { PriceChange, Product } from "../api/types.ts";
import { formatMoney } from "../format/money.ts";
import { words } from "../language/language.ts";

/** "Margherita costs €11.50 now, not €10.50." */
export function priceInWords({ productId, seen, now }: PriceChange, menu: readonly Product[]): string {
  const name = menu.find((product) => product.id === productId)?.name ?? words.dishes.one;
  return words.refused.price(name, formatMoney(now), formatMoney(seen));
}
