import { beginEffect } from "#common/caller";
import { isKind } from "#common/errors";
import type { Metrics } from "#common/metrics";
import type { Checkout } from "../app/ports.ts";

/**
 * Counts how the opening of checkout sessions and the giving back of money end. What changes something at the provider is
 * not begun for a caller who has left, and once begun is written down whether they leave or not.
 */
export function counted(checkout: Checkout, metrics: Metrics): Checkout {
  const sessions = metrics.counter("gorder_checkout_sessions_total", "Checkout sessions asked for, by outcome", [
    "outcome",
  ]);
  const refunds = metrics.counter("gorder_refunds_total", "Refunds asked for, by outcome", ["outcome"]);

  async function count<T>(counter: typeof sessions, done: string, work: () => Promise<T>): Promise<T> {
    beginEffect();
    try {
      const result = await work();
      counter.inc({ outcome: done });
      return result;
    } catch (error) {
      counter.inc({ outcome: isKind(error, "unavailable") ? "unavailable" : "refused" });
      throw error;
    }
  }

  return {
    open: (order) => count(sessions, "opened", () => checkout.open(order)),
    find: (sessionId) => checkout.find(sessionId),
    async expire(sessionId) {
      beginEffect();
      return checkout.expire(sessionId);
    },
    refund: (payment) => count(refunds, "refunded", () => checkout.refund(payment)),
  };
}
