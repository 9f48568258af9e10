import { words } from "../language/language.ts";

/** The language of the page's own words, which its numbers and times follow: one language at a time. */
export function pageLocale(): string {
  return words.locale;
}
