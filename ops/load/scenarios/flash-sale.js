// Many buyers, one product: BUYERS guests wait at the door and all order one PRODUCT at the same moment. Exactly as many
// get one as there are; each of the others is told that it is sold out. PRODUCT: by default one that cannot do for all.
import { sleep } from "k6";
import { Counter } from "k6/metrics";
import { arrive } from "./guest.js";
import { auditShelves, ledgerThresholds, shelves } from "./ledger.js";
import { summaryOf, trendStats } from "./summary.js";
import { orderAndEat } from "./visit.js";

const buyers = Number(__ENV.BUYERS || 300);

/** Units that somebody wanted and nobody got. */
const left = new Counter("units_left");

export const options = {
  scenarios: { buyers: { executor: "per-vu-iterations", vus: buyers, iterations: 1, maxDuration: "10m" } },
  thresholds: { ...ledgerThresholds, units_left: ["count==0"], accepting_ms: ["p(95)<5000"] },
  summaryTrendStats: trendStats,
};

export function setup() {
  const before = shelves();
  const product = __ENV.PRODUCT || scarce(before);
  if (!(before[product] > 0)) throw new Error(`${product} is sold out, or not on the menu`);
  return { before, product, opensAt: Date.now() + 3000 + buyers * 10 };
}

/** The product with the most units below the number of buyers. */
function scarce(before) {
  const piles = Object.entries(before).filter(([, units]) => units > 0 && units < buyers);
  if (piles.length === 0) throw new Error(`every product is sold out or does for ${buyers} buyers: set BUYERS`);
  return piles.sort(([, a], [, b]) => b - a)[0][0];
}

export default function ({ product, opensAt }) {
  const guest = arrive();
  sleep(Math.max(0, opensAt - Date.now()) / 1000);
  orderAndEat(guest, [{ productId: product, quantity: 1 }]);
}

export function teardown({ before, product }) {
  const after = auditShelves(before);
  if (buyers >= before[product]) left.add(after[product]);
}

export const handleSummary = summaryOf("flash-sale");
