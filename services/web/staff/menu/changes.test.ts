import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { DishSchema } from "#common/genproto/stock/v1/staff_pb";
import { allergensOf, type DishText, differences, rebase } from "./changes.ts";
import { translationsOf } from "./translations.ts";

const base: DishText = {
  name: "Margherita",
  description: "",
  category: "Pizza",
  emoji: "",
  hidden: false,
  position: 30,
  contains: "",
  image: "",
  amount: 1050n,
  currency: "eur",
  ...translationsOf(create(DishSchema)),
};

test("what somebody else has changed is told in words", () => {
  expect(differences(base, { ...base, amount: 1150n, hidden: true, description: "Good" })).toEqual([
    { field: "Description", was: "–", is: "Good" },
    { field: "On the menu", was: "yes", is: "no" },
    { field: "Price", was: "€10.50", is: "€11.50" },
  ]);
  expect(differences(base, { ...base, "de.category": "Pizzen" })).toEqual([
    { field: "Category in German", was: "–", is: "Pizzen" },
  ]);
  expect(differences(base, { ...base })).toEqual([]);
});

test("my changes go on top of theirs, and theirs stay where I changed nothing", () => {
  const theirs = { ...base, amount: 1150n, name: "Pizza Margherita" };
  expect(rebase(base, { ...base, amount: 990n }, theirs)).toEqual({ ...theirs, amount: 990n });
});

test("what a dish contains is sent when somebody has said it, also when that is nothing", () => {
  expect(["", "none", "eggs milk"].map(allergensOf)).toEqual([
    {},
    { allergens: { names: [] } },
    { allergens: { names: ["eggs", "milk"] } },
  ]);
});
