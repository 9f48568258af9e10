// A bus stops at the door: RATE guests a second, ten times as many for half a minute, and RATE again, which must be
// served as before. Slower meals are allowed, lost ones are not.
import { auditShelves, ledgerThresholds, shelves } from "./ledger.js";
import { summaryOf, trendStats } from "./summary.js";

export { visit as default } from "./visit.js";

const rate = Number(__ENV.RATE || 2);
const quiet = __ENV.DURATION || "1m";

export const options = {
  scenarios: {
    guests: {
      executor: "ramping-arrival-rate",
      startRate: rate,
      timeUnit: "1s",
      preAllocatedVUs: rate * 200,
      maxVUs: rate * 500,
      stages: [
        { target: rate, duration: quiet },
        { target: rate * 10, duration: "5s" },
        { target: rate * 10, duration: "30s" },
        { target: rate, duration: "5s" },
        { target: rate, duration: quiet },
      ],
      gracefulStop: "5m",
    },
  },
  thresholds: { ...ledgerThresholds, dropped_iterations: ["count==0"], accepting_ms: ["p(95)<2000"] },
  summaryTrendStats: trendStats,
};

export const setup = shelves;
export const teardown = auditShelves;
export const handleSummary = summaryOf("spike");
