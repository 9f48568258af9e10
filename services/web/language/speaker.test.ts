import { afterEach, expect, test } from "vitest";
import { formatMoney } from "../format/money.ts";
import { memoryStorage } from "../testing.ts";
import { english, speak, words } from "./language.ts";
import { speaker } from "./speaker.ts";

afterEach(() => speak(english));

const price = { amount: 1390, currency: "eur" };

function browser(languages: readonly string[], search = "") {
  const documentElement = { lang: "", dir: "" };
  const location = { pathname: "/orders", search, hash: "" };
  const history = {
    replaceState: (_: unknown, __: string, to: string) =>
      Object.assign(location, { search: new URL(to, "http://x").search }),
  };
  return { document: { documentElement }, location, history, navigator: { languages } };
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

test("a language that is chosen on the page stays, whatever the address had asked for", () => {
  const storage = memoryStorage();
  const asked = browser(["en"], "?table=7&lang=de");
  const { language, speakIn } = speaker(asked as never, storage);
  expect([language.get(), asked.location.search]).toEqual(["de", "?table=7&lang=de"]);
  speakIn("en");
  expect(asked.location.search).toBe("?table=7");
  expect(speaker(asked as never, storage).language.get()).toBe("en");
});
