import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import type { Report } from "../app/services.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";

/** What {@link findings} works with. */
export type FindingsDeps = {
  metrics: Metrics;
  logger: Logger;
  orders: Pick<OrderRepository, "update">;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/**
 * Counts findings and logs them: what was repaired as a warning, what was not as an error for an operator. Each is also
 * written down with its order, for staff to read; where that fails the log has it.
 */
export function findings({ metrics, logger, orders, now }: FindingsDeps): Report {
  const found = metrics.counter(
    "gorder_reconciler_findings_total",
    "What was wrong with orders, and what became of it",
    ["kind", "outcome"],
  );
  return ({ kind, outcome, orderId }) => {
    found.inc({ kind, outcome });
    const log = outcome === "repaired" ? logger.warn : logger.error;
    log(`an order does not fit: ${kind} (${outcome})`, { orderId, kind, outcome });
    const note = orders.update(orderId, (order) => {
      order.note({ kind, outcome, at: new Date(now()) });
      return true;
    });
    note.catch((error) => logger.warn("a finding was not written down", { orderId, kind, why: String(error) }));
  };
}
