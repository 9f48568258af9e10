import { expect, test } from "vitest";
import { pictureOf } from "../pictures/pictures.ts";
import { aProduct } from "../testing.ts";
import { byCategory } from "./menu.ts";
import { nameOf, paidName, translated } from "./translated.ts";

const soup = aProduct("soup", {
  name: "Pumpkin soup",
  category: "Starters",
  translations: { de: { name: "Kürbissuppe", category: "Vorspeisen" } },
});

test("what the menu does not say in a language is read in its own words", () => {
  expect(translated([soup], "de")).toMatchObject([
    { name: "Kürbissuppe", description: "Good.", category: "Vorspeisen" },
  ]);
  expect(translated([soup], "ar")).toMatchObject([{ name: "Pumpkin soup", category: "Starters" }]);
});

test("a dish that nobody has translated stands in the same category as its neighbours", () => {
  const salad = aProduct("salad", { category: "Starters" });
  const groups = byCategory(translated([salad, soup], "de"));
  expect(groups.map(({ category, products }) => [category, products.length])).toEqual([["Vorspeisen", 2]]);
});

test("a dish has the same picture in every language", () => {
  const [german] = translated([{ ...soup, translations: { de: { name: "Herbsttraum" } } }], "de");
  expect(german && pictureOf(german)).toBe("soup");
});

test("a dish that was ordered is called as on the menu, unless it has become another one since", () => {
  const menu = translated([soup], "de");
  expect(nameOf({ productId: "soup", name: "Pumpkin soup" }, menu)).toBe("Kürbissuppe");
  expect(nameOf({ productId: "soup", name: "Leek soup" }, menu)).toBe("Leek soup");
  expect(nameOf({ productId: "gone", name: "Tea" }, menu)).toBe("Tea");
  expect(nameOf({ productId: "soup", name: "Pumpkin soup" }, [])).toBe("Pumpkin soup");
});

test("a dish that the menu has no more is called as it was paid, in the language that it was ordered in", () => {
  const ordered = { productId: "soup", name: "Pumpkin soup", translatedName: "Kürbissuppe" };
  expect(nameOf(ordered, [])).toBe("Kürbissuppe");
  expect(paidName(ordered)).toBe("Kürbissuppe");
  expect(paidName({ productId: "tea", name: "Tea" })).toBe("Tea");
  expect(nameOf(ordered, translated([soup], "en"))).toBe("Pumpkin soup");
});
