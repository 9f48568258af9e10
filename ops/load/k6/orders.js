// Guests who order again as soon as they have their answer: how many orders are accepted, and how fast. Nobody pays, so the
// door closes at some rate: who is refused early with a word when to come again is counted apart.
import exec from "k6/execution";
import { Counter, Gauge, Rate, Trend } from "k6/metrics";
import { guests as arrive, oversold, placeOrder, summary, trendStats } from "./shop.js";

const seconds = Number(__ENV.SECONDS);
const vus = Number(__ENV.CONNECTIONS);
const iterations = Number(__ENV.ITERATIONS);

const accepted = new Counter("orders_accepted");
const inTime = new Counter("orders_in_time");
const failed = new Rate("orders_failed");
const refused = new Counter("orders_refused");
const refusedWith = new Gauge("refused_with_status");
const answered = new Trend("order_ms", true);
const oversoldUnits = new Counter("units_oversold");

export const options = {
  scenarios: {
    orders: iterations
      ? { executor: "shared-iterations", vus, iterations }
      : { executor: "constant-vus", vus, duration: `${seconds}s`, gracefulStop: "30s" },
  },
  thresholds: {
    orders_failed: ["rate<0.001"],
    units_oversold: ["count==0"],
    order_ms: ["p(95)<100"],
  },
  summaryTrendStats: trendStats,
};

export const setup = arrive;

export default function (guests) {
  const { idInTest, iterationInInstance } = exec.vu;
  const guest = guests[idInTest % guests.length];
  const response = placeOrder(guest, `${idInTest}-${iterationInInstance}`, "none");
  const isRefused = response.status === 503 && response.headers["Retry-After"] !== undefined;
  failed.add(response.status !== 201 && !isRefused);
  if (isRefused) return refused.add(1);
  if (response.status !== 201) return refusedWith.add(response.status);
  accepted.add(1);
  answered.add(response.timings.duration);
  if (Date.now() <= exec.scenario.startTime + seconds * 1000) inTime.add(1);
}

export function teardown() {
  oversoldUnits.add(oversold());
}

export const handleSummary = summary;
