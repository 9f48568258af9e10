import { expect, test } from "vitest";
import { formatMoney, sum } from "./money.ts";

test("amounts are minor units of their own currency", () => {
  expect(formatMoney({ amount: 1250, currency: "eur" }, "en-IE")).toBe("€12.50");
  expect(formatMoney({ amount: 5, currency: "usd" }, "en-US")).toBe("$0.05");
});

test("sums keep currencies apart", () => {
  const amounts = [
    { amount: 100, currency: "eur" },
    { amount: 7, currency: "jpy" },
    { amount: 50, currency: "eur" },
  ];
  expect(sum(amounts)).toEqual([
    { amount: 150, currency: "eur" },
    { amount: 7, currency: "jpy" },
  ]);
});
