import { afterEach, expect, test } from "vitest";
import { catalogues } from "../language/catalogues.ts";
import { english, speak } from "../language/language.ts";
import { hoursInWords } from "./hours.ts";

afterEach(() => speak(english));

const hours = [
  { days: [2, 3, 4, 5], opens: "11:30", closes: "14:00" },
  { days: [6, 7, 1, 3], opens: "18:00", closes: "02:00" },
];

test("opening hours are said in the page's language, days that follow each other as one span", () => {
  expect(hoursInWords(hours)).toEqual(["Tue–Fri 11:30–14:00", "Sat–Mon, Wed 18:00–02:00"]);
  speak(catalogues.de ?? english);
  expect(hoursInWords(hours)).toEqual(["Di–Fr 11:30–14:00 Uhr", "Sa–Mo, Mi 18:00–02:00 Uhr"]);
});
