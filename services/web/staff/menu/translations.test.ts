import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { DishSchema } from "#common/genproto/stock/v1/staff_pb";
import { changedTranslations, droppedTranslations, translationsOf } from "./translations.ts";

const dish = create(DishSchema, { translations: { de: { name: "Suppe" }, tr: { name: "Çorba" } } });

test("a form shows each language that guests can read, also where nothing is said in it", () => {
  expect(translationsOf(dish)).toMatchObject({ "de.name": "Suppe", "de.category": "", "en.name": "" });
});

test("a language in which nothing was changed is not sent, so that the server knows what a new text makes old", () => {
  const base = translationsOf(dish);
  expect(changedTranslations(base, { ...base })).toEqual({});
  expect(changedTranslations(base, { ...base, "de.category": " Vorspeisen " })).toEqual({
    de: { name: "Suppe", description: "", category: "Vorspeisen" },
  });
});

test("who changes a text is told which translations of it are dropped with it", () => {
  const base = { name: "Soup", description: "Good.", category: "Starters", ...translationsOf(dish) };
  expect(droppedTranslations(base, { ...base, name: "Stew", category: "Mains" })).toEqual(["Name in German"]);
  expect(droppedTranslations(base, { ...base, description: "Better." })).toEqual([]);
  expect(droppedTranslations(base, { ...base, name: "Stew", "de.name": "Eintopf" })).toEqual([]);
});
