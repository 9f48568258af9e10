import { expect, test } from "vitest";
import { dishId } from "./dishId.ts";

test.each([
  ["Crème brûlée", "creme-brulee"],
  ["  Gyoza, 6 pieces! ", "gyoza-6-pieces"],
  ["<img onerror>", "img-onerror"],
  ["ラーメン", ""],
  [`${"a".repeat(63)} b`, "a".repeat(63)],
])("“%s” has the id “%s”", (name, id) => {
  expect(dishId(name)).toBe(id);
});
