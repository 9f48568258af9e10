import { expect, test } from "vitest";
import { nameKey } from "./guestName.ts";

test.each([
  ["Zoë  Müller", "zoe muller"],
  [" ANN ", "ann"],
  ["Zoe\u0308", "zoe"],
  ["Ｊｏ", "jo"],
  ["李雷", "李雷"],
  ["O'Neil", "o'neil"],
])("%s is looked for as %s", (name, key) => {
  expect(nameKey(name)).toBe(key);
});
