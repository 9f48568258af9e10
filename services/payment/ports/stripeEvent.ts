import Stripe from "stripe";
import { z } from "zod";
import { AppError } from "#common/errors";

/** How old a signed message may be, in seconds. */
const toleranceSeconds = 300;

/** What of a Stripe event is looked at. */
export type StripeEvent = { id: string; type: string; created: number; data: { object: unknown } };

const eventShape = z.object({
  id: z.string().min(1),
  type: z.string().min(1),
  created: z.number().int(),
  data: z.object({ object: z.unknown() }),
});

const idOrObject = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]).nullish();
const metadata = z.record(z.string(), z.string()).nullish();

/** A refund, a charge or a dispute as it comes in an event. */
export const movementShape = z.object({ payment_intent: idOrObject, metadata });

/** A checkout session as it comes in an event. */
export const sessionShape = z.object({
  id: z.string().min(1),
  payment_status: z.string(),
  amount_total: z.number().int().nullable(),
  currency: z.string().nullable(),
  payment_intent: idOrObject,
  /** What it could be paid with: the session does not say what was chosen. */
  payment_method_types: z.array(z.string()).nullish(),
  metadata,
});

/**
 * The event in a message that Stripe signed with one of the secrets: two are valid while one replaces the other.
 * @param body exactly the bytes that came.
 * @throws AppError "invalid" when nobody who knows a secret signed these bytes within the last 300 seconds.
 */
export function signedEvent(
  body: unknown,
  signature: string | undefined,
  secrets: readonly string[],
  now: number,
): StripeEvent {
  for (const secret of secrets) {
    try {
      const given = body instanceof Uint8Array ? body : "";
      const event = Stripe.webhooks.constructEvent(given, signature ?? "", secret, toleranceSeconds, undefined, now);
      return eventShape.parse(event);
    } catch (cause) {
      if (cause instanceof Stripe.errors.StripeSignatureVerificationError) continue;
      throw new AppError("invalid", "The signed body is not a Stripe event", {}, { cause });
    }
  }
  throw new AppError("invalid", "The Stripe signature is missing, wrong or too old");
}
