import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pictureOf, pictureUrl } from "./pictures.ts";

const file = new URL("../../stock/menu.json", import.meta.url);
const menu = JSON.parse(readFileSync(file, "utf8")) as { name: string; category: string }[];

test("every dish of our menu has a picture of its own", () => {
  const pictures = menu.map(pictureOf);
  expect(new Set(pictures).size).toBe(menu.length);
  for (const picture of pictures) expect(pictureUrl(picture)).not.toBe(pictureUrl("plate"));
});

test.each([
  ["Something nice", "Desserts", "dessert"],
  ["House special", "Drinks", "drink"],
  ["Number 7", "Mains", "curry"],
  ["Sellotape", "Office", "plate"],
  ["Pizza Diavola", "Office", "pizza"],
  ["Geröstete Kürbissuppe", "Vorspeisen", "soup"],
  ["Hausteller", "Hauptgerichte", "curry"],
])("%s of %s is shown as %s", (name, category, picture) => {
  expect(pictureOf({ name, category })).toBe(picture);
});

test("a picture that does not exist is an empty plate", () => {
  expect(pictureUrl("nothing")).toBe(pictureUrl("plate"));
});
