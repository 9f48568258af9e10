// Guests who come at a fixed rate, whether or not the system keeps up: order, pay, wait for the meal. Whoever is refused
// leaves. With ITERATIONS a few guests place so many orders, one after the other: to warm up.
import { sleep } from "k6";
import exec from "k6/execution";
import http from "k6/http";
import { Counter, Gauge, Rate, Trend } from "k6/metrics";
import { guests as arrive, ask, named, oversold, placeOrder, summary, trendStats } from "./shop.js";

const rate = Number(__ENV.RATE);
const seconds = Number(__ENV.SECONDS);
const iterations = Number(__ENV.ITERATIONS);
const patienceMs = Number(__ENV.PATIENCE_SECONDS || 60) * 1000;

const accepted = new Counter("orders_accepted");
const failed = new Rate("orders_failed");
const refused = new Counter("orders_refused");
const refusedMs = new Trend("refused_ms", true);
const refusedWith = new Gauge("refused_with_status");
const lost = new Counter("orders_lost");
const oversoldUnits = new Counter("units_oversold");
const readyInTime = new Counter("orders_ready_in_time");
/** By guests who ran out of patience before they could pay. */
const leftUnpaid = new Counter("orders_left_unpaid");
const toPayment = new Trend("to_waiting_for_payment_ms", true);
const fromPayment = new Trend("payment_to_ready_ms", true);
const toReady = new Trend("to_ready_ms", true);

export const options = {
  scenarios: {
    guests: iterations
      ? { executor: "shared-iterations", vus: 24, iterations, maxDuration: "10m" }
      : {
          executor: "constant-arrival-rate",
          rate,
          timeUnit: "1s",
          duration: `${seconds}s`,
          preAllocatedVUs: Math.ceil(rate * 2),
          maxVUs: Math.ceil(rate * 10),
          gracefulStop: `${patienceMs / 1000 + 10}s`,
        },
  },
  thresholds: {
    orders_failed: ["rate<0.001"],
    orders_lost: ["count==0"],
    units_oversold: ["count==0"],
  },
  summaryTrendStats: trendStats,
  // Nobody reads the others, and each makes k6's own numbers dearer.
  systemTags: ["name", "status"],
};

export const setup = arrive;

export default function (guests) {
  const { idInTest, iterationInInstance } = exec.vu;
  const guest = guests[idInTest % guests.length];
  const start = Date.now();
  const response = placeOrder(guest, `${idInTest}-${iterationInInstance}`);
  const isRefused = response.status === 503 && response.headers["Retry-After"] !== undefined;
  failed.add(response.status !== 201 && !isRefused);
  if (isRefused) {
    refused.add(1);
    return refusedMs.add(response.timings.duration);
  }
  if (response.status !== 201) return refusedWith.add(response.status);
  accepted.add(1);
  const id = response.json("id");
  const link = linkOf(guest, id, start + patienceMs);
  if (!link) return leftUnpaid.add(1);
  const paid = pay(link);
  const order = paid && whenReady(guest, id, start + patienceMs);
  lost.add(order ? 0 : 1);
  if (!order) return;
  // The order's own history says when: asking more often would only load what is measured.
  const at = Object.fromEntries(order.history.map((change) => [change.status, Date.parse(change.at)]));
  toPayment.add(at.waiting_for_payment - start);
  fromPayment.add(at.ready - paid);
  toReady.add(at.ready - start);
  if (at.ready <= exec.scenario.startTime + seconds * 1000) readyInTime.add(1);
}

/** Where to pay; asked for ever less often. */
function linkOf(guest, id, deadline) {
  for (let wait = 0.1; Date.now() < deadline; wait = Math.min(wait * 2, 4)) {
    sleep(wait);
    const response = ask(guest, id, named("GET order"));
    const link = response.status === 200 && response.json("paymentLink");
    if (link) return link;
  }
}

/** Presses Pay on the stand-in's page. @returns when. */
function pay(link) {
  const at = Date.now();
  const response = http.post(link, { action: "pay" }, { redirects: 0, ...named("POST pay") });
  return response.status === 303 ? at : undefined;
}

/** The order when it is ready, as its stream of events tells: the server ends it after the last one. */
function whenReady(guest, id, deadline) {
  while (Date.now() < deadline) {
    const response = ask(guest, `${id}/events`, { timeout: deadline - Date.now(), ...named("GET events") });
    const last = /.*\ndata: (.*)\n\n$/s.exec(response.body || "");
    const order = last && JSON.parse(last[1]);
    if (order && order.status === "ready") return order;
    sleep(0.5);
  }
}

export function teardown() {
  oversoldUnits.add(oversold());
}

export const handleSummary = summary;
