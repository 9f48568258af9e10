import type { Money } from "../api/types.ts";

const formats = new Map<string, Intl.NumberFormat>();

/** `{amount: 1250, currency: "eur"}` as "€12.50" in the reader's language; yen have no decimals. */
export function formatMoney({ amount, currency }: Money, locale?: string): string {
  const format = formatFor(currency.toUpperCase(), locale);
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

/** Sums a currency at a time, in order of appearance. */
export function sum(amounts: readonly Money[]): Money[] {
  const byCurrency = new Map<string, number>();
  for (const { amount, currency } of amounts) byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + amount);
  return [...byCurrency].map(([currency, amount]) => ({ amount, currency }));
}

function formatFor(currency: string, locale: string | undefined): Intl.NumberFormat {
  const key = `${locale ?? ""}/${currency}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, { style: "currency", currency });
  formats.set(key, format);
  return format;
}
