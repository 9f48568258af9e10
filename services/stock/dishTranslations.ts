import { z } from "zod";
import { isBlank, plainText } from "#common/plainText";
import { languageTag, mostLanguages, mostOfWords } from "./domain/translations.ts";

const words = (most: number) =>
  plainText(most)
    .trim()
    .transform((given) => (isBlank(given) ? "" : given))
    .default("");

/** A dish's words in one language; those that are left out or blank are said in the menu's own. */
export const dishWords = z.object({
  name: words(mostOfWords.name),
  description: words(mostOfWords.description),
  category: words(mostOfWords.category),
});

/** The same in several languages, by the language. */
export function byLanguage<Words extends z.ZodType>(words: Words) {
  return z
    .record(z.string().regex(languageTag, 'a language is two or three small letters, as in "de"'), words)
    .refine((given) => Object.keys(given).length <= mostLanguages, `at most ${mostLanguages} languages`);
}
