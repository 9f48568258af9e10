import { afterEach, expect, test } from "vitest";
import { formatMoney } from "../format/money.ts";
import { memoryStorage } from "../testing.ts";
import { english, speak, words } from "./language.ts";
import { speaker } from "./speaker.ts";

afterEach(() => speak(english));

const price = { amount: 1390, currency: "eur" };

function browser(languages: readonly string[]) {
  const documentElement = { lang: "", dir: "" };
  return { document: { documentElement }, location: { search: "" }, navigator: { languages } };
}

test("the document, the words and the numbers are in one language, and stay so on the next visit", () => {
  const storage = memoryStorage();
  const first = browser(["de-CH"]);
  const { language, speakIn } = speaker(first as never, storage);
  expect([language.get(), words.menu, formatMoney(price)]).toEqual(["de", "Karte", "13,90\u00a0€"]);
  expect(first.document.documentElement).toEqual({ lang: "de-DE", dir: "ltr" });
  speakIn("en");
  expect([language.get(), words.menu, formatMoney(price)]).toEqual(["en", "Menu", "€13.90"]);
  expect(first.document.documentElement.lang).toBe("en-IE");
  expect(speaker(browser(["de"]) as never, storage).language.get()).toBe("en");
});
