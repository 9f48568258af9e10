import fc from "fast-check";
import { expect, test } from "vitest";
import { keptKey } from "./keptKey.ts";

/** What the least careful collation takes for one: small, without accents, without blanks at the end. */
const asCompared = (key: string) => key.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().trimEnd();

const keys = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "A", "é", "_", "-", " ", "4", "1", "|", "x") }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
);

test("no two keys are one to the database, however it compares", () => {
  fc.assert(
    fc.property(keys, keys, (one, other) => {
      expect(asCompared(keptKey(one)) === asCompared(keptKey(other))).toBe(one === other);
    }),
    { numRuns: 2_000 },
  );
});

test("a key of any length fits, and one of small letters is as it was", () => {
  expect(keptKey("put-asides-12")).toBe("put-asides-12");
  expect(keptKey("evt_1Ab")).toBe("evt_5f1_41b");
  const long = "A".repeat(4_000);
  expect(keptKey(long)).toMatch(/^[a-z0-9_]{1,200}$/);
  expect(keptKey(long)).not.toBe(keptKey(`${long}A`));
});
