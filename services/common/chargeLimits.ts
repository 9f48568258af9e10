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

/** Currencies whose last digits have to be zeros: without cents in life, or with a third digit that banks do not know. */
const steps: Readonly<Record<string, number>> = { isk: 100, ugx: 100, bhd: 10, jod: 10, kwd: 10, omr: 10, tnd: 10 };

/** What of a currency can be charged and given back, in its minor units. */
export type ChargeLimits = {
  readonly smallest: number;
  readonly largest: number;
  /** Amounts are multiples of it. */
  readonly step: number;
};

/** The limits of a currency (ISO 4217). A refund has to be a multiple of the step alone. */
export function chargeLimits(currency: string): ChargeLimits {
  const code = currency.toLowerCase();
  return { smallest: smallest[code] ?? usualSmallest, largest, step: steps[code] ?? 1 };
}
