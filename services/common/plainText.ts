import { z } from "zod";

/** Control characters, halves of characters, and those that turn the reading direction of what follows. */
export const unseen = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Blanks, and what only joins or parts other characters: of a text that is nothing else nobody sees anything. */
const nothingToSee = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u;

/** Whether a person would take the text for empty. */
export function isBlank(given: string): boolean {
  return nothingToSee.test(given);
}

/** The text with blanks for all that {@link unseen} is. */
export function withoutUnseen(given: string): string {
  return given.replace(new RegExp(unseen, "gu"), " ");
}

/** A text of one line as people write it: at most so many UTF-16 units, and nothing in it that nobody sees. */
export function plainText(most: number) {
  return z
    .string()
    .max(most)
    .refine((given) => !unseen.test(given), "must have no control characters");
}
