const shortestMs = 2_000;
const slowestMs = 15_000;
const slowestInTroubleMs = 30_000;

/**
 * How long to wait before the orders are read again, in milliseconds: longer the more readings brought nothing
 * (`quiet`) or failed (`failures`). `chance`, from 0 to 1, spreads tabs and guests that began together.
 */
export function pause(quiet: number, failures: number, chance: number): number {
  const ms =
    failures > 0
      ? Math.min(shortestMs * 2 ** failures, slowestInTroubleMs)
      : Math.min(shortestMs * 1.3 ** quiet, slowestMs);
  return Math.round(ms * (1 + chance / 2));
}
