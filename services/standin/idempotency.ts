import type { Request } from "express";
import { StripeRefusal } from "./stripeError.ts";

/** An answer as it is sent. */
export type Answer = { status: number; body: object };

/** What a POST does, at most once a key. @returns the answer, the same one for the same key. */
export type Once = (request: Request, work: () => object) => Answer & { replayed: boolean };

/** How long an answer is kept, in milliseconds. */
const keptMs = 24 * 60 * 60_000;

/**
 * Stripe's idempotency keys: the same key with the same parameters gets the first answer for a day, an error like any
 * other; with other parameters it is refused. Only a request that was wrong in itself does not use its key up.
 * @param now milliseconds since the epoch.
 */
export function createOnce(now: () => number): Once {
  const answers = new Map<string, { asked: string; json: string; until: number }>();

  function forgetOld(): void {
    for (const [key, { until }] of answers) {
      if (until > now()) return;
      answers.delete(key);
    }
  }

  return (request, work) => {
    const key = request.get("idempotency-key");
    if (!key) return { ...answerOf(work), replayed: false };
    forgetOld();
    const asked = JSON.stringify([request.originalUrl, request.body ?? {}]);
    const known = answers.get(key);
    if (!known) {
      const answer = answerOf(work);
      answers.set(key, { asked, json: JSON.stringify(answer), until: now() + keptMs });
      return { ...answer, replayed: false };
    }
    if (known.asked === asked) return { ...(JSON.parse(known.json) as Answer), replayed: true };
    throw new StripeRefusal(
      400,
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      { type: "idempotency_error" },
    );
  };
}

/** The outcome of a request. @throws what was wrong with its parameters. */
function answerOf(work: () => object): Answer {
  try {
    return { status: 200, body: work() };
  } catch (error) {
    if (!(error instanceof StripeRefusal) || error.details.param !== undefined) throw error;
    return { status: error.status, body: error.body };
  }
}
