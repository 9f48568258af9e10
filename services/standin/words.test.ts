import { afterEach, beforeEach, expect, test } from "vitest";
import { standin, wish } from "./testing.ts";
import { pageWords, wordsFor } from "./words.ts";

let it: Awaited<ReturnType<typeof standin>>;
beforeEach(async () => {
  it = await standin({ shopName: "Zum Löffel" });
});
afterEach(() => it.close());

async function read(locale: string | undefined, acceptLanguage = "*", query = ""): Promise<string> {
  const asked = locale === undefined ? wish : { ...wish, locale: locale as "de" };
  const { url } = await it.stripe.checkout.sessions.create(asked);
  return (await fetch(`${url}${query}`, { headers: { "accept-language": acceptLanguage } })).text();
}

test.each([
  ["de", "en", "", "de"],
  ["en", "de-AT,en;q=0.5", "", "en"],
  ["auto", "de-AT,en;q=0.5", "", "de"],
  ["auto", "fr", "", "en"],
  [undefined, "fr,de;q=0.1", "", "de"],
  ["de", "de", "?lang=en", "en"],
])("a session in %s, read by a browser that asks for “%s” at “%s”, is in %s", async (locale, accept, query, lang) => {
  const text = await read(locale, accept, query);
  const { title, order } = wordsFor(lang);
  expect(text).toContain(`<html lang="${lang}" dir="ltr">`);
  expect(text).toContain(`<h1>${title}</h1>`);
  expect(text).toContain(order("Zum Löffel", "ORDER1"));
});

test("numbers are in the page's language, and the way to the other language is there", async () => {
  const text = await read("de");
  expect(text).toContain("12,50\u00a0€ bezahlen");
  expect(text).toContain('<a href="?lang=en" lang="en" hreflang="en">English</a>');
});

test("a locale that the provider does not have is refused", async () => {
  await expect(read("tlh")).rejects.toThrow(/locale/);
});

test("every language has every text, and none of English's", () => {
  const [english, ...others] = pageWords.map((words) =>
    Object.entries(words).map(([key, value]) => [key, typeof value === "function" ? value("a", "b") : value] as const),
  );
  for (const texts of others) {
    expect(texts.map(([key]) => key)).toEqual(english?.map(([key]) => key));
    const same = texts.filter(([key, text], at) => key !== "dir" && english?.[at]?.[1] === text);
    expect(same).toEqual([]);
  }
});
