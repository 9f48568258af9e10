// An ordinary evening: guests come ever faster up to RATE a second, stay at that for DURATION, and go home.
import { auditShelves, ledgerThresholds, shelves } from "./ledger.js";
import { summaryOf, trendStats } from "./summary.js";

export { visit as default } from "./visit.js";

const rate = Number(__ENV.RATE || 5);
const duration = __ENV.DURATION || "5m";

export const options = {
  scenarios: {
    guests: {
      executor: "ramping-arrival-rate",
      startRate: 0,
      timeUnit: "1s",
      preAllocatedVUs: rate * 20,
      maxVUs: rate * 100,
      stages: [
        { target: rate, duration: "30s" },
        { target: rate, duration },
        { target: 0, duration: "10s" },
      ],
      gracefulStop: "3m",
    },
  },
  thresholds: {
    ...ledgerThresholds,
    dropped_iterations: ["count==0"],
    accepting_ms: ["p(95)<500", "p(99)<1000"],
    to_ready_ms: ["p(95)<30000"],
  },
  summaryTrendStats: trendStats,
};

export const setup = shelves;
export const teardown = auditShelves;
export const handleSummary = summaryOf("load");
