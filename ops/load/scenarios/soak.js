// Hours of the same: what leaks, fills up or falls behind shows here. RATE guests a second for DURATION.
import { auditShelves, ledgerThresholds, shelves } from "./ledger.js";
import { summaryOf, trendStats } from "./summary.js";

export { visit as default } from "./visit.js";

const rate = Number(__ENV.RATE || 1);

export const options = {
  scenarios: {
    guests: {
      executor: "constant-arrival-rate",
      rate,
      timeUnit: "1s",
      duration: __ENV.DURATION || "2h",
      preAllocatedVUs: rate * 20,
      maxVUs: rate * 200,
      gracefulStop: "3m",
    },
  },
  thresholds: {
    ...ledgerThresholds,
    dropped_iterations: ["count==0"],
    accepting_ms: ["p(95)<500"],
    to_ready_ms: ["p(95)<30000"],
  },
  summaryTrendStats: trendStats,
};

export const setup = shelves;
export const teardown = auditShelves;
export const handleSummary = summaryOf("soak");
