import type { Order } from "../api/types.ts";
import { words } from "../language/language.ts";
import { isAwaited } from "./status.ts";

/** Beyond this it is no help to anybody. */
const mostMinutes = 180;

/** About when the meal is ready, in words; undefined while the kitchen does not know, or nobody cooks it. */
export function estimateWords(
  { status, estimatedReadyAt }: Pick<Order, "status" | "estimatedReadyAt">,
  now: Date,
): string | undefined {
  if (!estimatedReadyAt || !isAwaited(status)) return undefined;
  const minutes = Math.ceil((Date.parse(estimatedReadyAt) - now.getTime()) / 60_000);
  if (minutes > mostMinutes) return undefined;
  return words.order.estimate(minutes);
}

/**
 * What is known of an order once there is news of it: events do not say when it is ready, and what was said of the same
 * status before still holds.
 */
export function withEstimate(next: Order, known: Order | undefined): Order {
  if (next.estimatedReadyAt || !known?.estimatedReadyAt || known.status !== next.status) return next;
  return { ...next, estimatedReadyAt: known.estimatedReadyAt };
}
