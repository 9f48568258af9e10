import { expect, test } from "vitest";
import { isBlank, plainText, withoutUnseen } from "./plainText.ts";

test.each(["", " \t\u00a0\u3000", "\u200b", "\ufeff", "\u2060\u200d", "\u00ad", "\u3164", "\u200e\u202e", "\u0000"])(
  "there is nothing to see in %j",
  (text) => expect(isBlank(text)).toBe(true),
);

test.each(["tea", ".", "👨‍👩‍👧", "\u200bZoë", "می‌خواهم", "5"])("there is something to see in %j", (text) =>
  expect(isBlank(text)).toBe(false),
);

test("what turns the words around it, or is half a character, is no plain text, and can be taken out", () => {
  for (const given of ["a\u202eb", "a\u0000b", "a\ud800b", "a\nb"]) {
    expect(plainText(10).safeParse(given).success).toBe(false);
    expect(withoutUnseen(given)).toBe("a b");
  }
});
