import { moneyText } from "#common/money";
import type { Money } from "../api/types.ts";
import { pageLocale } from "./locale.ts";

/** `{amount: 1250, currency: "eur"}` as "€12.50" in the page's language. */
export function formatMoney(money: Money, locale = pageLocale()): string {
  return moneyText(money, locale);
}

/** Sums a currency at a time, in order of appearance. */
export function sum(amounts: readonly Money[]): Money[] {
  const byCurrency = new Map<string, number>();
  for (const { amount, currency } of amounts) byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + amount);
  return [...byCurrency].map(([currency, amount]) => ({ amount, currency }));
}
