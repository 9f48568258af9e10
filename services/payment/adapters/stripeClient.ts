import Stripe from "stripe";
import { AppError } from "#common/errors";
import { inSpan } from "#common/tracing";

/** Where Stripe is and the key that it knows us by. */
export type StripeOptions = {
  secretKey: string;
  /** Set to speak to something else that speaks as Stripe does. */
  apiUrl?: string | undefined;
  timeoutMs?: number;
  retries?: number;
};

/**
 * Stripe's official client. It tries once, unless its connection was lost: who asked tries again, and a second answer to
 * one call would hide whether an error is new or what its key is always answered with.
 */
export function stripeClient({ secretKey, apiUrl, timeoutMs = 10_000, retries = 0 }: StripeOptions): Stripe {
  return new Stripe(secretKey, {
    apiVersion: "2026-10-28.endive",
    timeout: timeoutMs,
    maxNetworkRetries: retries,
    telemetry: false,
    ...(apiUrl && address(new URL(apiUrl))),
  });
}

function address({ protocol, hostname, port }: URL) {
  const secure = protocol === "https:";
  return { protocol: secure ? "https" : "http", host: hostname, port: port || (secure ? 443 : 80) } as const;
}

/**
 * One call to Stripe, in a span of its own.
 * @throws AppError "unavailable" when a later try may succeed; what Stripe refuses for good is thrown as it is.
 */
export function callStripe<T>(what: string, call: () => Promise<T>): Promise<T> {
  return inSpan(`stripe: ${what}`, { kind: "CLIENT" }, async () => {
    try {
      return await call();
    } catch (cause) {
      if (!(cause instanceof Stripe.errors.StripeError) || !isPassing(cause)) throw cause;
      throw new AppError("unavailable", `Stripe could not ${what}`, {}, { cause });
    }
  });
}

/** Failed although nothing was wrong with the request, the same idempotency key is under way, too many requests. */
const passing: readonly number[] = [402, 409, 429];

/** No answer, or one of those, or a failure inside Stripe. */
function isPassing({ statusCode }: InstanceType<typeof Stripe.errors.StripeError>): boolean {
  return statusCode === undefined || passing.includes(statusCode) || statusCode >= 500;
}
