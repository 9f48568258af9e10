import { StateConflict, type StateStore } from "#common/dapr/ports";
import type { Logger } from "#common/logging";
import type { Money } from "../../domain/product.ts";
import type { ReadPrice } from "./stripePrices.ts";

/** How long a price counts as fresh, in seconds. */
export const freshSeconds = 600;

/** How long a price is kept for the time that Stripe does not answer, in seconds. */
const keptSeconds = 7 * 24 * 60 * 60;

type Remembered = Money & { readonly readAt: number };

/**
 * Prices that all replicas share through the state store, so that one of them asks Stripe and the others know.
 *
 * Decision: when Stripe does not answer, a price past its time is used. The amount of a Stripe price never changes
 * once it is made (a new price is a new id), so the old value is still right for this id; reading it again only
 * finds typing errors and prices that are gone. Not selling would be worse than not finding those for a week.
 */
export function sharedPrices(
  read: ReadPrice,
  state: StateStore,
  logger: Logger,
  now: () => number = Date.now,
): ReadPrice {
  return async (stripePriceId) => {
    const key = `price:${stripePriceId}`;
    // Without the state store every replica asks Stripe itself.
    const remembered = await state.get<Remembered>(key).catch(() => undefined);
    if (remembered && now() - remembered.value.readAt < freshSeconds * 1_000) return moneyOf(remembered.value);
    try {
      const price = await read(stripePriceId);
      const condition = remembered ? { etag: remembered.etag } : { create: true };
      await state
        .save<Remembered>(key, { ...price, readAt: now() }, { ...condition, ttlSeconds: keptSeconds })
        // A conflict: another replica has just read the same.
        .catch((error) => error instanceof StateConflict || logger.warn("price not shared", { stripePriceId }));
      return price;
    } catch (error) {
      if (!remembered) throw error;
      logger.warn("stripe does not answer, an old price is used", { stripePriceId });
      return moneyOf(remembered.value);
    }
  };
}

function moneyOf({ amount, currency }: Remembered): Money {
  return { amount, currency };
}
