import type { ApiError } from "../api/errors.ts";
import type { Product, Shortage } from "../api/types.ts";
import { words } from "../language/language.ts";
import type { Cart } from "./cart.ts";

/** What is missing, from the problem's own list, else from the lines that it names. */
export function shortagesOf(error: ApiError, cart: Cart): Shortage[] {
  if (error.shortages.length > 0) return [...error.shortages];
  const lines = [...cart];
  return error.fields.flatMap(({ field, message }) => {
    const line = lines[Number(/^items\[(\d+)\]/.exec(field)?.[1] ?? -1)];
    if (!line) return [];
    return [{ productId: line[0], requested: line[1], available: Number(/\d+/.exec(message)?.[0] ?? 0) }];
  });
}

/** "Margherita: 2 left, you asked for 3." */
export function inWords({ productId, requested, available }: Shortage, menu: readonly Product[]): string {
  const name = menu.find((product) => product.id === productId)?.name ?? words.dishes.one;
  if (available <= 0) return words.refused.soldOut(name);
  return words.refused.shortOf(name, available, requested);
}
