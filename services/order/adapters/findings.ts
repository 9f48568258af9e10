import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import type { Report } from "../app/ports.ts";

/** Counts findings and logs them: what was repaired as a warning, what was not as an error for an operator. */
export function findings(metrics: Metrics, logger: Logger): Report {
  const found = metrics.counter(
    "gorder_reconciler_findings_total",
    "What was wrong with orders, and what became of it",
    ["kind", "outcome"],
  );
  return ({ kind, outcome, orderId }) => {
    found.inc({ kind, outcome });
    const log = outcome === "repaired" ? logger.warn : logger.error;
    log(`an order does not fit: ${kind} (${outcome})`, { orderId, kind, outcome });
  };
}
