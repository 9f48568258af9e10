import { expect, test } from "vitest";
import { openingHours } from "./openingHours.ts";

test.each([
  ["", []],
  ["Mo 08:00-12:00", [{ days: [1], opens: "08:00", closes: "12:00" }]],
  [
    "Tu-Fr 11:30-14:00; Sa,Su 18:00-02:00",
    [
      { days: [2, 3, 4, 5], opens: "11:30", closes: "14:00" },
      { days: [6, 7], opens: "18:00", closes: "02:00" },
    ],
  ],
  ["Sa-Mo,We 10:00-20:00", [{ days: [6, 7, 1, 3], opens: "10:00", closes: "20:00" }]],
])("the hours “%s” are read", (text, hours) => {
  expect(openingHours.parse(text)).toEqual(hours);
});

test.each(["always", "Mo 8-12", "Mo 08:00-24:00", "Xx 08:00-12:00", "Mo-Fr", "Mo 08:00-12:00, Tu 08:00-12:00"])(
  "the hours “%s” are refused",
  (text) => {
    expect(openingHours.safeParse(text).success).toBe(false);
  },
);
