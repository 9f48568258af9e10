import { beginEffect } from "#common/caller";
import { isKind } from "#common/errors";
import type { Metrics } from "#common/metrics";
import type { Checkout } from "../app/services.ts";
import type { RefundNews } from "../domain/moneyBack.ts";

/**
 * Counts how the opening of checkout sessions and refunds end. A call that changes something at the provider is not
 * begun for a caller who has left, and once begun is finished even if the caller leaves.
 */
export function counted(checkout: Checkout, metrics: Metrics): Checkout {
  const sessions = metrics.counter("gorder_checkout_sessions_total", "Checkout sessions asked for, by outcome", [
    "outcome",
  ]);
  const refunds = metrics.counter("gorder_refunds_total", "Refunds asked for, by outcome", ["outcome"]);

  async function count<T>(counter: typeof sessions, done: (result: T) => string, work: () => Promise<T>): Promise<T> {
    beginEffect();
    try {
      const result = await work();
      counter.inc({ outcome: done(result) });
      return result;
    } catch (error) {
      counter.inc({ outcome: isKind(error, "unavailable") ? "unavailable" : "refused" });
      throw error;
    }
  }

  return {
    open: (order) =>
      count(
        sessions,
        () => "opened",
        () => checkout.open(order),
      ),
    find: (sessionId) => checkout.find(sessionId),
    async expire(sessionId) {
      beginEffect();
      return checkout.expire(sessionId);
    },
    givenBack: (paymentId) => checkout.givenBack(paymentId),
    meansOf: (paymentId) => checkout.meansOf(paymentId),
    orderOf: (paymentId) => checkout.orderOf(paymentId),
    refund: (wish) => count(refunds, outcomeOf, () => checkout.refund(wish)),
  };
}

/** An attempt that is spent is followed by the next one. */
function outcomeOf(result: RefundNews | "spent"): string {
  if (result === "spent") return "unavailable";
  return { succeeded: "refunded", refunding: "under_way", failed: "refused" }[result.state];
}
