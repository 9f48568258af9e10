import type { Money } from "#common/genproto/common/v1/money_pb";
import { minorDigits, moneyText } from "#common/money";
import { pageLocale } from "../../format/locale.ts";

/** An amount of the contract, without what messages carry besides. */
export type Amount = Pick<Money, "amount" | "currency">;

/** "€12.50"; a dash where there is no amount. */
export function amountText(money: Amount | undefined): string {
  if (!money?.currency) return "–";
  return moneyText({ amount: Number(money.amount), currency: money.currency }, pageLocale());
}

/** What somebody typed, in minor units: "12.5" or "12,50" as 1250n; undefined when it is no positive amount. */
export function parseAmount(typed: string, currency: string): bigint | undefined {
  const digits = minorDigits(currency);
  const match = /^(\d{1,12})(?:[.,](\d+))?$/.exec(typed.trim());
  const [, whole = "", fraction = ""] = match ?? [];
  if (!match || fraction.length > digits) return undefined;
  const minor = BigInt(whole + fraction.padEnd(digits, "0"));
  return minor > 0n ? minor : undefined;
}

/** An amount as it is typed: 1250n as "12.50". */
export function typedAmount({ amount, currency }: Amount): string {
  const digits = minorDigits(currency);
  const padded = String(amount).padStart(digits + 1, "0");
  return digits === 0 ? padded : `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}

/** Sums a currency at a time, in order of appearance. */
export function total(amounts: readonly (Amount | undefined)[]): Amount[] {
  const sums = new Map<string, bigint>();
  for (const each of amounts) if (each) sums.set(each.currency, (sums.get(each.currency) ?? 0n) + each.amount);
  return [...sums].map(([currency, amount]) => ({ amount, currency }));
}
