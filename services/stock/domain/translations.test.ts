import { expect, it } from "vitest";
import { aProduct } from "../testing.ts";
import { changeDish, createDish } from "./dish.ts";
import type { Product } from "./product.ts";
import { openShop } from "./shop.ts";
import { nameIn, type Translations } from "./translations.ts";

const de = { name: "Suppe", description: "Gut.", category: "Vorspeisen" };
const soup = aProduct("soup", { translations: { de, tr: { name: "Çorba" } } });
const found = (dish?: Product) => ({ dish, shop: openShop, currency: "eur", history: [] });

/** The soup after staff changed this of it. */
function changed(fields: Partial<Product>, said?: Translations) {
  const { name, description, category, emoji, unitPrice, hidden, position } = { ...soup, ...fields };
  const all = { name, description, category, emoji, unitPrice, hidden, position };
  const effect = changeDish(found(soup), said ? { ...all, translations: said } : all, 1, undefined);
  return "dish" in effect ? effect.dish : soup;
}

it("a dish keeps its translations when something else of it changes", () => {
  expect(changed({ hidden: true }).translations).toEqual(soup.translations);
  expect(changed({}).version).toBe(1);
});

it("a text that changes loses its translations, which say what was there before, and the others stay", () => {
  expect(changed({ name: "Tomato soup" }).translations).toEqual({
    de: { description: "Gut.", category: "Vorspeisen" },
  });
});

it("a language that is said anew replaces what was said in it, and is taken away with its last word", () => {
  const { translations, version } = changed({ name: "Tomato soup" }, { de: { ...de, name: "Tomatensuppe" } });
  expect([translations, version]).toEqual([{ de: { ...de, name: "Tomatensuppe" } }, 2]);
  expect(changed({}, { de: { name: "", description: "" } }).translations).toEqual({ tr: { name: "Çorba" } });
  expect(changed({}, { tr: { name: "Çorba" }, de }).version).toBe(1);
});

it("languages that are added one by one come to no more than a dish may have", () => {
  const more = ["aa", "ab", "ac", "ad", "ae", "af"].map((language) => [language, { name: "x" }] as const);
  expect(Object.keys(changed({}, Object.fromEntries(more)).translations ?? {})).toHaveLength(8);
  const oneMore = { ...Object.fromEntries(more), ag: { name: "x" } };
  expect(() => changed({}, oneMore)).toThrow("at most 8 languages");
  expect(Object.keys(changed({}, { ...oneMore, tr: {} }).translations ?? {})).toHaveLength(8);
});

it("a new dish has the translations that it is made with, without the empty ones", () => {
  const effect = createDish(found(), "soup", {
    ...soup,
    translations: { tr: {}, de: { name: "Suppe", category: "" } },
  });
  expect("dish" in effect && effect.dish.translations).toEqual({ de: { name: "Suppe" } });
});

it("a dish has a name in a language that the menu has it in, whatever the region, and none in another", () => {
  expect([nameIn(soup, "de"), nameIn(soup, "de-AT"), nameIn(soup, "tr")]).toEqual(["Suppe", "Suppe", "Çorba"]);
  const others = [nameIn(soup, "en"), nameIn(soup, ""), nameIn(soup), nameIn(soup, "constructor")];
  expect(new Set(others)).toEqual(new Set([undefined]));
});
