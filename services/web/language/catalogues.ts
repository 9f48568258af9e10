import { de } from "./de.ts";
import { deOrder } from "./deOrder.ts";
import { deProblems } from "./deProblems.ts";
import { type Catalogue, english } from "./language.ts";

/**
 * The languages of the page by their tags; the first one is for everybody whose own is not among them. They travel with
 * the script: two cost less than a question more before anything can be read.
 */
export const catalogues: Readonly<Record<string, Catalogue>> = {
  en: english,
  de: { ...de, status: deOrder, problems: deProblems },
};
