import { describe, expect, test } from "vitest";
import { answeredMoney, moneyMessage, moneyOf } from "./money.ts";

describe("money in messages", () => {
  test("is read as it was written, also nothing and very much", () => {
    for (const amount of [0, 250, Number.MAX_SAFE_INTEGER]) {
      const money = { amount, currency: "eur" };
      expect([moneyOf(moneyMessage(money), "it"), answeredMoney(moneyMessage(money), "it")]).toEqual([money, money]);
    }
  });

  test("has its currency in small letters", () => {
    expect(moneyOf({ amount: 1n, currency: "EUR" }, "it")).toEqual({ amount: 1, currency: "eur" });
  });

  test.each([
    ["nothing", undefined],
    ["an amount of no currency", { amount: 250n, currency: "" }],
    ["an amount of what is no currency", { amount: 250n, currency: "euro" }],
    ["less than nothing", { amount: -1n, currency: "eur" }],
    ["more than can be counted", { amount: 2n ** 60n, currency: "eur" }],
  ])("is not %s: whoever asked so is refused, whoever answered so is wrong", (_, message) => {
    expect(() => moneyOf(message, "The price")).toThrow(
      expect.objectContaining({ kind: "invalid", message: "The price is no amount of money" }),
    );
    expect(() => answeredMoney(message, "The price")).toThrow(expect.not.objectContaining({ kind: "invalid" }));
  });
});
