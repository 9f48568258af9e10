import Stripe from "stripe";
import { AppError } from "#common/errors";

/** How many keys of one thing are tried: a call spends at most one more, so this many calls failed before. */
const mostAttempts = 20;

/**
 * Makes one thing at the provider, which keeps the first answer to an idempotency key for a day, an error like any other.
 * Where an error is all that a key will ever be answered with, the thing is looked for, as it may have been made all the
 * same, and then the next key is tried: `<key>`, `<key>-2`, … Everybody walks the same keys from the first on and so ends
 * at the same answer, without anything to be stored.
 */
export async function attempt<T>(
  key: string,
  make: (idempotencyKey: string) => Promise<T>,
  find: () => Promise<T | undefined>,
): Promise<T> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await make(attempts === 1 ? key : `${key}-${attempts}`);
    } catch (error) {
      if (attempts === mostAttempts || !isSpent(error)) throw error;
      const made = await find();
      if (made !== undefined) return made;
    }
  }
}

/** Whether a key was used before: for this error, or with other parameters, as by a version before. */
export function isSpent(error: unknown): boolean {
  const reason = error instanceof AppError ? error.cause : error;
  if (reason instanceof Stripe.errors.StripeIdempotencyError) return true;
  return reason instanceof Stripe.errors.StripeError && reason.headers?.["idempotent-replayed"] === "true";
}
