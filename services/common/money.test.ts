import { expect, test } from "vitest";
import { minorDigits, moneyText } from "./money.ts";

const text = (amount: number, currency: string) => moneyText({ amount, currency }, "en").replaceAll(/\s/g, " ");

test("amounts are minor units as the provider counts them", () => {
  expect(text(1250, "eur")).toBe("€12.50");
  expect(text(1200, "eur")).toBe("€12.00");
  expect(text(5, "usd")).toBe("$0.05");
  expect(text(1250, "jpy")).toBe("¥1,250");
  expect(text(1250, "KWD")).toBe("KWD 1.250");
});

test("the currencies that are no hundredths are those of the provider's list, and no others", () => {
  const counted = (digits: number) =>
    Intl.supportedValuesOf("currency").filter((currency) => minorDigits(currency) === digits);
  expect(counted(0).join(" ")).toBe("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF");
  expect(counted(3).join(" ")).toBe("BHD JOD KWD OMR TND");
});

test.each(["isk", "huf", "idr", "cop", "pkr", "ugx"])("hundredths of %s are no whole ones", (currency) => {
  expect(minorDigits(currency)).toBe(2);
  expect(text(149_000, currency)).toBe(`${currency.toUpperCase()} 1,490`);
  expect(text(149_050, currency)).toBe(`${currency.toUpperCase()} 1,490.50`);
});

test("a currency that the provider takes whole is never divided, however others write it", () => {
  expect(text(1490, "mga")).toBe("MGA 1,490");
});

test("a currency that others write in thousandths, and the provider counts in hundredths, has two digits", () => {
  expect(text(1200, "lyd")).toBe("LYD 12.00");
});
