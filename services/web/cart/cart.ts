import type { Money, OrderLine, Product, Shortage } from "../api/types.ts";
import { sum } from "../format/money.ts";
import { words } from "../language/language.ts";
import type { Wishes } from "./wishes.ts";

/** Quantities by product id, in the order in which they were added. */
export type Cart = ReadonlyMap<string, number>;

/** A dish of the cart, as it is on the menu now, and what all of it costs. */
export type CartLine = { product: Product; quantity: number; price: Money };

export const emptyCart: Cart = new Map();
/** The server's own limits; the page keeps to them so that no one has to be told. */
export const maxQuantity = 99;
export const maxLines = 50;

/** Zero or less removes the line; more than 99 becomes 99; a 51st line is not taken. */
export function setQuantity(cart: Cart, productId: string, quantity: number): Cart {
  const wanted = Math.min(Math.trunc(quantity), maxQuantity);
  if (Number.isNaN(wanted) || (!cart.has(productId) && cart.size >= maxLines)) return cart;
  const next = new Map(cart);
  if (wanted > 0) next.set(productId, wanted);
  else next.delete(productId);
  return next;
}

/** The most that can be had of a dish, never less than is in the cart already, and why there is no more, in words. */
export function mostOf({ available }: Product, quantity: number): { max: number; limit: string } {
  if (available < maxQuantity) return { max: Math.max(available, quantity), limit: words.cart.mostLeft(available) };
  return { max: maxQuantity, limit: words.cart.mostOfOne(maxQuantity) };
}

/** The cart priced from the menu; products that left the menu are left out. */
export function linesOf(cart: Cart, menu: readonly Product[]): CartLine[] {
  const products = new Map(menu.map((product) => [product.id, product]));
  return [...cart].flatMap(([id, quantity]) => {
    const product = products.get(id);
    if (!product) return [];
    const { amount, currency } = product.unitPrice;
    return [{ product, quantity, price: { amount: amount * quantity, currency } }];
  });
}

/** What all of it costs, a currency at a time. */
export function totalOf(lines: readonly CartLine[]): Money[] {
  return sum(lines.map((line) => line.price));
}

export function countOf(cart: Cart): number {
  return [...cart.values()].reduce((count, quantity) => count + quantity, 0);
}

/** Lowers each short line to what is left, and drops what is sold out. */
export function fitToStock(cart: Cart, shortages: readonly Shortage[]): Cart {
  return shortages.reduce<Cart>((fitted, { productId, available }) => {
    const quantity = fitted.get(productId) ?? 0;
    return quantity > available ? setQuantity(fitted, productId, available) : fitted;
  }, cart);
}

/** Without the products that the menu no longer has. */
export function keepKnown(cart: Cart, menu: readonly Product[]): Cart {
  const known = new Set(menu.map((product) => product.id));
  const kept = [...cart].filter(([id]) => known.has(id));
  return kept.length === cart.size ? cart : new Map(kept);
}

/** With the prices that the menu shows: the guest is to pay those, or be asked. */
export function toOrderLines(cart: Cart, menu: readonly Product[], notes: Wishes["notes"] = {}): OrderLine[] {
  const prices = new Map(menu.map(({ id, unitPrice }) => [id, unitPrice]));
  return [...cart].map(([productId, quantity]) => {
    const unitPrice = prices.get(productId);
    const note = notes[productId]?.trim();
    return { productId, quantity, ...(unitPrice && { unitPrice }), ...(note && { note }) };
  });
}
