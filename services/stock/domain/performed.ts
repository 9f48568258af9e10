import { AppError, type ErrorKind } from "#common/errors";
import type { Asked, Done, Effect, Found, KeptAct } from "./acts.ts";
import type { Product } from "./product.ts";
import type { Shop } from "./shop.ts";

/** These say nothing of the act itself: it may work the next time, so they are not kept. */
const passing: readonly ErrorKind[] = ["unavailable", "busy"];

/** An act that was decided: what is kept of it, and what is to be changed. */
export type Decided = { readonly act: KeptAct; readonly effect: Effect | undefined };

/**
 * Decides on an act that was never seen before. A refusal is a decision too, without an effect.
 * @throws what `decide` threw if it is no refusal.
 */
export function decided(asked: Asked, found: Found, decide: (found: Found) => Effect): Decided {
  const { content, ...record } = asked;
  try {
    const effect = decide(found);
    const changes = "shop" in effect ? difference(found.shop, effect.shop) : difference(found.dish, effect.dish);
    const act = { record: { ...record, ...changes, refusal: "" }, content, answer: answered(asked, effect) };
    return { act, effect };
  } catch (error) {
    if (!(error instanceof AppError) || passing.includes(error.kind)) throw error;
    const refused = { ...record, before: "{}", after: "{}", refusal: error.message };
    return { act: { record: refused, content, answer: {}, refusalKind: error.kind }, effect: undefined };
  }
}

/**
 * What a kept act is answered, the first time and whenever it is asked for again.
 * @throws AppError as it was refused, or "idempotency_key_reused" when another act is asked for under its id.
 */
export function answerOfAct({ record, content, answer, refusalKind }: KeptAct, asked: Asked): Done {
  const isSame = record.subject === asked.subject && record.action === asked.action && content === asked.content;
  if (!isSame) throw new AppError("idempotency_key_reused", "This request id belongs to another act. Use a new one.");
  if (refusalKind) throw new AppError(refusalKind, record.refusal);
  return answer;
}

function answered({ id, subject, reason, at }: Asked, effect: Effect): Done {
  if ("shop" in effect) return { shop: effect.shop };
  const { dish, moved } = effect;
  if (moved === undefined) return { dish };
  return { dish, movement: { id, productId: dish.id, quantity: moved, subject, reason, at } };
}

/** The fields that are others than before, as JSON, null where one is gone; of something new all of them. */
function difference<T extends Product | Shop>(before: T | undefined, after: T): { before: string; after: string } {
  const changed = (Object.keys(after) as (keyof T)[]).filter(
    (field) => JSON.stringify(before?.[field]) !== JSON.stringify(after[field]),
  );
  const only = (fields: Partial<T>, gone?: null) =>
    JSON.stringify(Object.fromEntries(changed.map((key) => [key, fields[key] ?? gone])));
  return { before: only(before ?? {}), after: only(after, null) };
}
