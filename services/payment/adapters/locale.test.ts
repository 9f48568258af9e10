import { expect, test } from "vitest";
import { localeFor } from "./locale.ts";

test.each([
  ["de", "de"],
  ["de-AT", "de"],
  ["pt-BR", "pt-BR"],
  ["pt-AO", "pt"],
  ["ar", "auto"],
  ["", "auto"],
])("for a guest of %s the payment page is in %s", (language, locale) => {
  expect(localeFor(language)).toBe(locale);
});
