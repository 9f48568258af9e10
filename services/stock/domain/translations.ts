import { AppError } from "#common/errors";
import type { Product } from "./product.ts";

const texts = ["name", "description", "category"] as const;

/** What is said of a dish in words. */
export type DishWords = Readonly<Record<(typeof texts)[number], string>>;

/** A dish's words in other languages than the menu's own, by the language ("de"): those that somebody has translated. */
export type Translations = Readonly<Record<string, Partial<DishWords>>>;

/** The longest that each text may be: as long as the menu's own. */
export const mostOfWords = { name: 200, description: 1_000, category: 100 } as const;

/** The most languages beside the menu's own. */
export const mostLanguages = 8;

/** A language as the guests' page names it. */
export const languageTag = /^[a-z]{2,3}$/;

/** What a dish is called in a language ("de", "de-AT"), if the menu says. */
export function nameIn({ translations }: Pick<Product, "translations">, language = ""): string | undefined {
  const [base = ""] = language.split("-");
  return translations && Object.hasOwn(translations, base) ? translations[base]?.name : undefined;
}

/** The same without texts that are empty, in one order: undefined when nothing is left. */
export function translationsIn(given: Translations | undefined): Translations | undefined {
  const languages = Object.entries(given ?? {})
    .map(([language, words]) => [language, only(words, (text) => Boolean(words[text]))] as const)
    .filter(([, words]) => Object.keys(words).length > 0)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return languages.length > 0 ? Object.fromEntries(languages) : undefined;
}

/**
 * The translations of a dish whose words become others: a text that changes loses those of before, unless its language
 * is said anew.
 * @throws AppError "invalid" when those that stay and those that are said come to too many languages.
 */
export function retranslated(
  before: Pick<Product, keyof DishWords | "translations">,
  after: DishWords,
  said: Translations | undefined,
): Translations | undefined {
  const kept = Object.entries(before.translations ?? {}).map(([language, words]) => {
    return [language, only(words, (text) => before[text] === after[text])];
  });
  const translations = translationsIn({ ...Object.fromEntries(kept), ...said });
  if (Object.keys(translations ?? {}).length > mostLanguages) {
    const message = `A dish has at most ${mostLanguages} languages beside the menu's own: take one of them away first`;
    throw new AppError("invalid", message, { fields: [{ field: "dish.translations", message }] });
  }
  return translations;
}

function only(words: Partial<DishWords>, isWanted: (text: keyof DishWords) => boolean): Partial<DishWords> {
  return Object.fromEntries(texts.filter((text) => text in words && isWanted(text)).map((text) => [text, words[text]]));
}
