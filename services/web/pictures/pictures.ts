import type { Product } from "../api/types.ts";

/** Each drawn for this menu, a file that browsers load when it comes into view and keep. */
const files = import.meta.glob<string>("./*.svg", { eager: true, query: "?url", import: "default" });

/** What a dish's name gives away, the more telling first. */
const dishes: readonly (readonly [picture: string, name: RegExp])[] = [
  ["burrata", /burrata|mozzarella|caprese/i],
  ["dumplings", /gyoza|dumpling|jiaozi|mandu|momo|wonton|ravioli|pierog/i],
  ["salad", /salad|bowl/i],
  ["cheesecake", /cheesecake/i],
  ["cake", /tiramis|cake|tart|torte|brownie|\bpie\b/i],
  ["mango", /mango|sticky rice/i],
  ["pizza", /pizza|focaccia|calzone/i],
  ["burger", /burger|sandwich/i],
  ["noodles", /ramen|noodle|udon|pho\b|laksa/i],
  ["pasta", /pasta|spaghetti|tagliatell|penne|lasagn|gnocchi|linguin/i],
  ["curry", /curry|stew|dal\b|chili|rice/i],
  ["soup", /soup|broth|chowder/i],
  ["coffee", /coffee|white|espresso|cappuccino|latte|tea\b|cocoa/i],
  ["lemonade", /lemonade|limonad|lime/i],
];

const categories: readonly (readonly [picture: string, category: RegExp])[] = [
  ["dessert", /dessert|sweet|\bice\b/i],
  ["drink", /drink|beverage|juice|beer|wine/i],
  ["salad", /starter|appeti|salad/i],
  ["soup", /soup/i],
  ["pizza", /pizza/i],
  ["pasta", /pasta/i],
  ["curry", /main/i],
];

/** The address of a picture; of the empty plate if there is none of that name. */
export function pictureUrl(name: string): string {
  return files[`./${name}.svg`] ?? files["./plate.svg"] ?? "";
}

/** The picture for a dish: by its name, else by its category, else an empty plate. */
export function pictureOf({ name, category }: Pick<Product, "name" | "category">): string {
  const dish = dishes.find(([, names]) => names.test(name));
  return (dish ?? categories.find(([, names]) => names.test(category)))?.[0] ?? "plate";
}
