import pThrottle from "p-throttle";
import Stripe from "stripe";
import { inSpan } from "#common/tracing";
import type { Money } from "../../domain/product.ts";

/** Where Stripe is and the key that it knows us by. */
export type StripeOptions = {
  secretKey: string;
  /** Set to speak to something else that speaks as Stripe does. */
  apiUrl?: string | undefined;
  timeoutMs?: number;
  retries?: number;
  /** How many prices are read in a second at most. */
  perSecond?: number;
};

/** Reads one price by its id. @throws Stripe's error, or when the price has no fixed amount. */
export type ReadPrice = (stripePriceId: string) => Promise<Money>;

/**
 * Prices from Stripe itself. It allows 25 reads/s in test mode; two replicas that start at once stay below with 10
 * each. What it refuses all the same (429) is not tried again here, nor by the SDK: the price list asks again later.
 * p-throttle and not p-limit, since the limit is one of rate: three calls at a time of 50 ms each would be 60 a second.
 */
export function stripePrices(options: StripeOptions): ReadPrice {
  const { secretKey, apiUrl, timeoutMs = 3_000, retries = 2, perSecond = 10 } = options;
  const stripe = new Stripe(secretKey, {
    apiVersion: "2026-10-28.endive",
    timeout: timeoutMs,
    maxNetworkRetries: retries,
    telemetry: false,
    ...(apiUrl && address(new URL(apiUrl))),
  });
  const throttled = pThrottle({ limit: perSecond, interval: 1_000, strict: true });
  return throttled((stripePriceId: string) =>
    inSpan("stripe: read a price", { kind: "CLIENT" }, async () => {
      const { unit_amount: amount, currency } = await stripe.prices.retrieve(stripePriceId);
      if (amount === null) throw new Error(`Stripe's price ${stripePriceId} has no fixed amount`);
      return { amount, currency };
    }),
  );
}

function address({ protocol, hostname, port }: URL) {
  const secure = protocol === "https:";
  return { protocol: secure ? "https" : "http", host: hostname, port: port || (secure ? 443 : 80) } as const;
}
