import type { Money } from "#common/money";
import type { Allergen } from "./allergens.ts";
import type { Translations } from "./translations.ts";

export type { Money };

/** Whether two amounts are the same. */
export function sameMoney(a: Money, b: Money): boolean {
  return a.amount === b.amount && a.currency === b.currency;
}

/** Where the units of a product are. Every unit is in exactly one pile, so the sum over the piles never changes. */
export const piles = ["available", "reserved", "sold"] as const;
export type Pile = (typeof piles)[number];

/** What is on the menu and how many units of it there are. */
export type Product = Readonly<Record<Pile, number>> & {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly emoji: string;
  /** What it contains of them; undefined when nobody has said. */
  readonly allergens?: readonly Allergen[] | undefined;
  /** Where a picture of it is: an https URL, or a path on the page's own host. Empty without one. */
  readonly image: string;
  /** Its name, description and category in other languages; undefined without any. */
  readonly translations?: Translations | undefined;
  readonly unitPrice: Money;
  /** Stripe's id of the price; empty for a product that Stripe does not know. */
  readonly stripePriceId: string;
  /** Not on the menu. */
  readonly hidden: boolean;
  /** Nobody can order it for now; its units stay where they are. */
  readonly soldOut: boolean;
  /** Where on the menu, ascending. */
  readonly position: number;
  /** Grows with each change that staff made to what the menu says of it; 1 at first. */
  readonly version: number;
};

/** How many units guests can order now. */
export function orderable({ available, soldOut }: Product): number {
  return soldOut ? 0 : available;
}

/** Units by product id. */
export type Quantities = ReadonlyMap<string, number>;

/** The product with units moved between piles. @throws when the pile has not that many. */
export function moveUnits(product: Product, from: Pile, to: Pile, units: number): Product {
  if (from === to) return product;
  if (units < 0 || product[from] < units) throw new Error(`${product.id} has no ${units} units ${from}`);
  return { ...product, [from]: product[from] - units, [to]: product[to] + units };
}
