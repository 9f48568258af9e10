// Does it work at all? Two guests, three visits each.
import { auditShelves, ledgerThresholds, shelves } from "./ledger.js";
import { summaryOf, trendStats } from "./summary.js";

export { visit as default } from "./visit.js";

export const options = {
  scenarios: { guests: { executor: "per-vu-iterations", vus: 2, iterations: 3 } },
  thresholds: { ...ledgerThresholds, accepting_ms: ["p(95)<1000"], to_ready_ms: ["p(95)<30000"] },
  summaryTrendStats: trendStats,
};

export const setup = shelves;
export const teardown = auditShelves;
export const handleSummary = summaryOf("smoke");
