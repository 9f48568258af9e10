import type { Product } from "../api/types.ts";

/** Each drawn for this menu, a file that browsers load when it comes into view and keep. */
const files = import.meta.glob<string>("./*.svg", { eager: true, query: "?url", import: "default" });

/** What a dish's name gives away, the more telling first. */
const dishes: readonly (readonly [picture: string, name: RegExp])[] = [
  ["burrata", /burrata|mozzarella|caprese/i],
  ["dumplings", /gyoza|dumpling|jiaozi|mandu|momo|wonton|ravioli|pierog/i],
  ["salad", /salad|salat|bowl/i],
  ["cheesecake", /cheesecake|käsekuchen/i],
  ["cake", /tiramis|cake|kuchen|tart|torte|brownie|\bpie\b/i],
  ["mango", /mango|sticky rice/i],
  ["pizza", /pizza|focaccia|calzone/i],
  ["burger", /burger|sandwich/i],
  ["noodles", /ramen|noodle|nudel|udon|pho\b|laksa/i],
  ["pasta", /pasta|spaghetti|tagliatell|penne|lasagn|gnocchi|linguin/i],
  ["curry", /curry|stew|dal\b|chili|rice/i],
  ["soup", /soup|suppe|broth|brühe|chowder/i],
  ["coffee", /coffee|kaffee|white|espresso|cappuccino|latte|tea\b|cocoa/i],
  ["lemonade", /lemonade|limonad|lime/i],
];

const categories: readonly (readonly [picture: string, category: RegExp])[] = [
  ["dessert", /dessert|sweet|süß|nachtisch|nachspeise|\bice\b/i],
  ["drink", /drink|beverage|getränk|juice|saft|beer|bier|wine|\bwein/i],
  ["salad", /starter|appeti|vorspeise|salad|salat/i],
  ["soup", /soup|suppe/i],
  ["pizza", /pizza/i],
  ["pasta", /pasta/i],
  ["curry", /main|haupt/i],
];

/** The address of a picture; of the empty plate if there is none of that name. */
export function pictureUrl(name: string): string {
  return files[`./${name}.svg`] ?? files["./plate.svg"] ?? "";
}

/** The picture for a dish, whatever the page's language: by its name, else by its category, else an empty plate. */
export function pictureOf({ onMenu, ...shown }: Pick<Product, "name" | "category" | "onMenu">): string {
  const { name, category } = onMenu ?? shown;
  const dish = dishes.find(([, names]) => names.test(name));
  return (dish ?? categories.find(([, names]) => names.test(category)))?.[0] ?? "plate";
}
