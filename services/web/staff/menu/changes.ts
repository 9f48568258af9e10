import type { Dish } from "#common/genproto/stock/v1/staff_pb";
import { amountText } from "../money/amount.ts";
import { type Translations, translatedTexts, translationsOf } from "./translations.ts";

/** What of a dish is typed into its form. */
export type DishText = Pick<Dish, "name" | "description" | "category" | "emoji" | "hidden" | "position"> &
  Translations & {
    amount: bigint;
    currency: string;
    /** Its allergens, a space between; "none" for none, and "" as long as nobody has said. */
    contains: string;
    image: string;
  };

export function textOf(dish: Dish): DishText {
  const { name, description, category, emoji, hidden, position, unitPrice } = dish;
  const [amount, currency] = [unitPrice?.amount ?? 0n, unitPrice?.currency ?? "eur"];
  const contains = dish.allergens ? dish.allergens.names.join(" ") || "none" : "";
  const { image = "" } = dish;
  const own = { name, description, category, emoji, hidden, position, amount, currency, contains, image };
  return { ...own, ...translationsOf(dish) };
}

/** What is sent of {@link DishText.contains}: nothing says that it stays as it is. */
export function allergensOf(contains: string) {
  return contains === "" ? {} : { allergens: { names: contains === "none" ? [] : contains.split(" ") } };
}

export type Difference = { field: string; was: string; is: string };

const own: Record<Exclude<keyof DishText, "amount" | "currency" | keyof Translations>, string> = {
  name: "Name",
  description: "Description",
  category: "Category",
  emoji: "Emoji",
  contains: "Contains",
  image: "Picture",
  hidden: "On the menu",
  position: "Place",
};
const translated = Object.fromEntries(translatedTexts.map(({ field, label }) => [field, label]));
const shown = { ...own, ...(translated as Record<keyof Translations, string>) };

/** What differs between two states of a dish, in words. */
export function differences(was: DishText, is: DishText): Difference[] {
  const fields = Object.keys(shown) as (keyof typeof shown)[];
  const text = (field: keyof typeof shown, of: DishText) =>
    field === "hidden" ? (of.hidden ? "no" : "yes") : String(of[field]) || "–";
  const found = fields
    .filter((field) => was[field] !== is[field])
    .map((field) => ({ field: shown[field], was: text(field, was), is: text(field, is) }));
  if (was.amount === is.amount && was.currency === is.currency) return found;
  return [...found, { field: "Price", was: amountText(was), is: amountText(is) }];
}

/** My changes of `base`, put on top of what somebody else has made of it meanwhile. */
export function rebase(base: DishText, mine: DishText, theirs: DishText): DishText {
  const fields = Object.keys(base) as (keyof DishText)[];
  const changed = fields.filter((field) => mine[field] !== base[field]).map((field) => [field, mine[field]]);
  return { ...theirs, ...(Object.fromEntries(changed) as Partial<DishText>) };
}
