import { expect, test } from "vitest";
import { amountText, parseAmount, total, typedAmount } from "./amount.ts";

test.each([
  ["12.50", "eur", 1250n],
  ["12,5", "eur", 1250n],
  [" 3 ", "eur", 300n],
  ["1500", "jpy", 1500n],
  ["1.234", "kwd", 1234n],
  ["1490", "isk", 149_000n],
  ["1490", "huf", 149_000n],
  ["1490", "idr", 149_000n],
])("%s in %s is %d minor units", (typed, currency, amount) => {
  expect(parseAmount(typed, currency)).toBe(amount);
});

test.each(["", "0", "0.00", "-3", "1.005", "1e3", "12 50", "€3", "1,000.00", "NaN"])(
  "“%s” euros are no amount",
  (typed) => {
    expect(parseAmount(typed, "eur")).toBeUndefined();
  },
);

test.each([
  [5n, "eur", "0.05"],
  [1250n, "eur", "12.50"],
  [1500n, "jpy", "1500"],
  [149_000n, "isk", "1490.00"],
  [1_490n, "kwd", "1.490"],
])("%d %s is typed as %s, and read back", (amount, currency, typed) => {
  expect(typedAmount({ amount, currency })).toBe(typed);
  expect(parseAmount(typed, currency)).toBe(amount);
});

test("sums keep currencies apart, and what is not there is a dash", () => {
  const eur = { amount: 100n, currency: "eur" };
  expect(total([eur, undefined, { amount: 7n, currency: "usd" }, eur])).toEqual([
    { amount: 200n, currency: "eur" },
    { amount: 7n, currency: "usd" },
  ]);
  expect(amountText(undefined)).toBe("–");
});
