import { expect, test } from "vitest";
import { entryWords, findingWords } from "./words.ts";

test("what was found and what is stuck is said in words, and what is new by its name", () => {
  expect(findingWords("not_sold")).toBe("It is paid, and stock has nothing left to sell");
  expect(findingWords("moon_is_full")).toBe("moon is full");
  expect(entryWords("partial_refund")).toBe("giving money back");
  expect(entryWords("order.praised")).toBe("order praised");
});
