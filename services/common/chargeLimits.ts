/** What the payment provider (Stripe, "Minimum and maximum charge amounts") takes at least, in minor units. */
const smallest: Readonly<Record<string, number>> = {
  aed: 200,
  bgn: 100,
  czk: 1_500,
  dkk: 250,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  mxn: 1_000,
  myr: 200,
  nok: 300,
  pln: 200,
  ron: 200,
  sek: 300,
  thb: 1_000,
};

/** In every other currency: fifty cents, or what is worth at least as much. */
const usualSmallest = 50;

/** Eight digits. */
const largest = 99_999_999;

/** The smallest and the largest amount that can be charged in a currency (ISO 4217), in its minor units. */
export function chargeLimits(currency: string): { smallest: number; largest: number } {
  return { smallest: smallest[currency.toLowerCase()] ?? usualSmallest, largest };
}
