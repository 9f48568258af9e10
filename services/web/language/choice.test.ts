import { expect, test } from "vitest";
import { memoryStorage } from "../testing.ts";
import { chosenLanguage, keepLanguage } from "./choice.ts";

const known = ["en", "de"];
const choose = (languages: readonly string[], search = "", storage = memoryStorage()) =>
  chosenLanguage({ search, storage, languages }, known);

test.each([
  [["de-AT", "en"], "de"],
  [["fr", "DE"], "de"],
  [["en-US", "de"], "en"],
  [["ar"], "en"],
  [[], "en"],
])("a browser that asks for %j reads %s", (languages, language) => {
  expect(choose(languages)).toBe(language);
});

test("the address chooses, and the choice is remembered; a language that there is not changes nothing", () => {
  const storage = memoryStorage();
  expect(choose(["en"], "?lang=fr", storage)).toBe("en");
  expect(choose(["en"], "?lang=de-CH", storage)).toBe("de");
  expect(choose(["en"], "", storage)).toBe("de");
  keepLanguage(storage, "en");
  expect(choose(["de"], "", storage)).toBe("en");
});
