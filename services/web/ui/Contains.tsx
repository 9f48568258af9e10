import { words } from "../language/language.ts";

/** The allergens of a dish in the page's language; that they are not known is said too. */
export function Contains({ allergens }: { allergens: readonly string[] | undefined }) {
  return <p class="card-allergens">{inWords(allergens)}</p>;
}

function inWords(allergens: readonly string[] | undefined): string {
  const { contains, containsNone, askUs } = words.dishes;
  if (allergens === undefined) return askUs;
  if (allergens.length === 0) return containsNone;
  const known: Readonly<Record<string, string>> = words.allergens;
  const names = allergens.map((name) => known[name] ?? name);
  return `${contains}: ${new Intl.ListFormat(words.locale, { type: "unit" }).format(names)}`;
}
