import { expect, test } from "vitest";
import { meansWords } from "./means.ts";

test.each([
  ["", "not known"],
  ["card", "Card"],
  ["sepa_debit", "SEPA debit"],
  ["konbini", "Konbini"],
  ["some_new_thing", "Some new thing"],
])("a means of payment that the provider calls %j reads %s", (means, words) => {
  expect(meansWords(means)).toBe(words);
});
