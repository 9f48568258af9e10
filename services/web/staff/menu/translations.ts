import type { Dish } from "#common/genproto/stock/v1/staff_pb";

/** The languages that the guests' page speaks: the menu's own may be any of them, or another one. */
const languages = { en: "English", de: "German" } as const;
type Language = keyof typeof languages;

const words = ["name", "description", "category"] as const;

/** A dish's texts in each of the languages, empty where nobody has translated them. */
export type Translations = Record<`${Language}.${(typeof words)[number]}`, string>;

type DishWords = Translations & Readonly<Record<(typeof words)[number], string>>;

const tags = Object.keys(languages) as Language[];

/** Each text with what it is called: "Name in German". */
export const translatedTexts = tags.flatMap((language) =>
  words.map((word) => ({
    field: `${language}.${word}` as const,
    language,
    word,
    label: `${word.charAt(0).toUpperCase()}${word.slice(1)} in ${languages[language]}`,
  })),
);

/** What a dish's form shows of them. */
export function translationsOf({ translations }: Pick<Dish, "translations">): Translations {
  const texts = translatedTexts.map(({ field, language, word }) => [field, translations[language]?.[word] ?? ""]);
  return Object.fromEntries(texts) as Translations;
}

/**
 * What is sent of them: the languages in which something was changed. Of the others the server drops what translates a
 * text that is another one now.
 */
export function changedTranslations(base: Translations, mine: Translations) {
  const changed = tags.filter((tag) => words.some((word) => base[`${tag}.${word}`] !== mine[`${tag}.${word}`]));
  const said = changed.map((tag) => [
    tag,
    Object.fromEntries(words.map((word) => [word, mine[`${tag}.${word}`].trim()])),
  ]);
  return Object.fromEntries(said) as Record<string, Record<(typeof words)[number], string>>;
}

/** What is dropped when this is saved, in words: it translates a text that is another one now, and was not changed with it. */
export function droppedTranslations(base: DishWords, mine: DishWords): string[] {
  const changed = changedTranslations(base, mine);
  return translatedTexts
    .filter(({ field, language, word }) => base[word] !== mine[word] && base[field] !== "" && !(language in changed))
    .map(({ label }) => label);
}
