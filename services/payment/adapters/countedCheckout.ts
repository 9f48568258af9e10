import { AppError } from "#common/errors";
import type { Metrics } from "#common/metrics";
import type { Checkout } from "../app/ports.ts";

/** Counts how the opening of checkout sessions ends. */
export function counted(checkout: Checkout, metrics: Metrics): Checkout {
  const sessions = metrics.counter("gorder_checkout_sessions_total", "Checkout sessions asked for, by outcome", [
    "outcome",
  ]);
  return {
    async open(order) {
      try {
        const session = await checkout.open(order);
        sessions.inc({ outcome: "opened" });
        return session;
      } catch (error) {
        sessions.inc({ outcome: error instanceof AppError ? "unavailable" : "refused" });
        throw error;
      }
    },
  };
}
