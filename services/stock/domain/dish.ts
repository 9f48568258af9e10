import { AppError } from "#common/errors";
import type { Effect, Found } from "./acts.ts";
import { changedSince } from "./changedSince.ts";
import { demandPrice } from "./price.ts";
import { type Money, type Product, sameMoney } from "./product.ts";
import { retranslated, translationsIn } from "./translations.ts";

/** What staff decide of a dish, apart from its units and whether it is sold out. */
export type DishFields = Pick<
  Product,
  "name" | "description" | "category" | "emoji" | "unitPrice" | "hidden" | "position"
> &
  // Unset: as it was.
  Partial<Pick<Product, "allergens" | "image" | "translations">>;

/** The most units of a dish that there can be. */
const mostUnits = 1_000_000;

/** A new dish, of which there is nothing yet. @throws AppError "exists" when there is one with its id. */
export function createDish({ dish, currency }: Found, id: string, fields: DishFields): Effect {
  if (dish) throw new AppError("exists", `There is a dish with the id ${id} already`);
  demandPrice(fields.unitPrice, currency);
  const none = { available: 0, reserved: 0, sold: 0 };
  const translations = translationsIn(fields.translations);
  return { dish: { id, image: "", ...fields, translations, ...none, stripePriceId: "", soldOut: false, version: 1 } };
}

/**
 * A dish with other fields. A price that is changed counts from then on, instead of one that Stripe keeps.
 * @param expected the version that was changed. @param shown the price that was on the menu.
 * @throws AppError "not_found", "invalid" (price), or "conflict" when somebody else changed the dish meanwhile.
 */
export function changeDish(found: Found, fields: DishFields, expected: number, shown: Money | undefined): Effect {
  const dish = demandDish(found);
  if (dish.version !== expected) throw new AppError("conflict", changedSince(found.history, dish, expected));
  const price = shown ?? dish.unitPrice;
  const isRepriced = !sameMoney(fields.unitPrice, price);
  if (isRepriced) demandPrice(fields.unitPrice, found.currency);
  const kept = isRepriced ? { stripePriceId: "" } : { unitPrice: dish.unitPrice };
  const translations = retranslated(dish, fields, fields.translations);
  const changed = { ...dish, ...fields, ...kept, translations };
  const names = [...Object.keys(fields), "translations"] as (keyof DishFields)[];
  const isSame = names.every((name) => name === "unitPrice" || same(changed[name], dish[name])) && !isRepriced;
  return { dish: isSame ? dish : { ...changed, version: dish.version + 1 } };
}

/** So many more units, or fewer. @throws AppError "conflict" when it would be fewer than are reserved. */
export function restock(found: Found, units: number): Effect {
  return moved(demandDish(found), units);
}

/** So many units are there, reserved ones counted. @throws AppError "conflict" when more than that are reserved. */
export function count(found: Found, units: number): Effect {
  const dish = demandDish(found);
  return moved(dish, units - dish.available - dish.reserved);
}

/** Whether guests can order the dish. */
export function setSoldOut(found: Found, soldOut: boolean): Effect {
  return { dish: { ...demandDish(found), soldOut } };
}

function moved(dish: Product, units: number): Effect {
  const available = dish.available + units;
  const there = available + dish.reserved;
  if (available < 0)
    throw new AppError("conflict", `${there} units would be left, and ${dish.reserved} are reserved for orders`);
  if (there > mostUnits) throw new AppError("conflict", `There can be at most ${mostUnits} units of a dish`);
  return { dish: { ...dish, available }, moved: units };
}

/** Allergens are lists and translations have parts, each in one order; everything else is one value. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function demandDish({ dish }: Found): Product {
  if (!dish) throw new AppError("not_found", "There is no such dish");
  return dish;
}
