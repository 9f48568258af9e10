/** An amount in minor units (cents) of a currency, which is ISO 4217 in small letters. */
export type Money = { readonly amount: number; readonly currency: string };

/**
 * How the payment provider counts (Stripe, "Supported currencies"), which is what the amounts of menus and orders mean:
 * neither ISO 4217 nor the browser's `Intl` agree with it everywhere. What is in no list has two digits, also ISK and
 * UGX: without cents in life, they are still sent as hundredths.
 */
const noDigits = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" "));
const threeDigits = new Set("bhd jod kwd omr tnd".split(" "));

const formats = new Map<string, Intl.NumberFormat>();

/** How many digits of an amount come after the point: 2 for euros, 0 for yen. */
export function minorDigits(currency: string): 0 | 2 | 3 {
  const code = currency.toLowerCase();
  if (noDigits.has(code)) return 0;
  return threeDigits.has(code) ? 3 : 2;
}

/**
 * `{amount: 1250, currency: "eur"}` as "€12.50", in a language. A currency that is written without cents, as forints
 * are, shows them only when there are some.
 */
export function moneyText({ amount, currency }: Money, locale: string): string {
  const digits = minorDigits(currency);
  const usual = formatOf(locale, currency).resolvedOptions().maximumFractionDigits ?? digits;
  const shown = amount % 10 ** digits === 0 ? Math.min(usual, digits) : digits;
  return formatOf(locale, currency, shown).format(amount / 10 ** digits);
}

function formatOf(locale: string, currency: string, digits?: number): Intl.NumberFormat {
  const key = `${locale}/${currency}/${digits}`;
  const fraction = digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, { style: "currency", currency, ...fraction });
  formats.set(key, format);
  return format;
}
