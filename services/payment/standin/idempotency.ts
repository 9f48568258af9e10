import type { Request } from "express";
import { StripeRefusal } from "./stripeError.ts";

/** What a POST does, at most once a key. @returns the answer, the same one for the same key. */
export type Once = (request: Request, work: () => object) => { answer: object; replayed: boolean };

/**
 * Stripe's idempotency keys: the same key with the same parameters gets the first answer, with others it is refused.
 * A request that was refused does not use its key up.
 */
export function createOnce(): Once {
  const answers = new Map<string, { asked: string; json: string }>();
  return (request, work) => {
    const key = request.get("idempotency-key");
    if (!key) return { answer: work(), replayed: false };
    const asked = JSON.stringify([request.originalUrl, request.body ?? {}]);
    const known = answers.get(key);
    if (!known) {
      const answer = work();
      answers.set(key, { asked, json: JSON.stringify(answer) });
      return { answer, replayed: false };
    }
    if (known.asked === asked) return { answer: JSON.parse(known.json) as object, replayed: true };
    throw new StripeRefusal(
      400,
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      { type: "idempotency_error" },
    );
  };
}
