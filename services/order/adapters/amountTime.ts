/** The first amount is this moment; none is as large as the last: of all of them the milliseconds have thirteen digits. */
const [first, last] = [1e12, 8e12];

/**
 * An amount in minor units as a time. Times are what FerretDB's indexes find from and until, and it compares them by their
 * digits: so the order of amounts is kept, and each has as many digits as any other.
 */
export function amountTime(amount: number): Date {
  return new Date(first + Math.min(amount, last));
}
