/** The allergens that EU regulation 1169/2011 wants named. */
export const allergens = [
  "gluten",
  "crustaceans",
  "eggs",
  "fish",
  "peanuts",
  "soy",
  "milk",
  "nuts",
  "celery",
  "mustard",
  "sesame",
  "sulphites",
  "lupin",
  "molluscs",
] as const;
export type Allergen = (typeof allergens)[number];

/** Those of the names that are allergens, each once and in the regulation's order. */
export function allergensIn(names: readonly string[]): Allergen[] {
  return allergens.filter((allergen) => names.includes(allergen));
}
