import { z } from "zod";

/** Control characters, halves of characters, and those that turn the reading direction of what follows. */
export const unseen = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** A text of one line as people write it: at most so many UTF-16 units, and nothing in it that nobody sees. */
export function plainText(most: number) {
  return z
    .string()
    .max(most)
    .refine((given) => !unseen.test(given), "must have no control characters");
}
