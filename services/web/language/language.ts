import { en as shared } from "./en.ts";
import { enOrder } from "./enOrder.ts";
import { enProblems } from "./enProblems.ts";

/** English, of which every catalogue has the shape. */
export const english = { ...shared, status: enOrder, problems: enProblems };

/** A language of the page: all its words. What a translation leaves out does not compile. */
export type Catalogue = typeof english;

/** The page's words in its language. */
export let words: Catalogue = english;

/** From here on the page speaks this language; what is rendered already has to be rendered again. */
export function speak(catalogue: Catalogue): void {
  words = catalogue;
}
