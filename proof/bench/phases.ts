import { type K6Summary, missed, runK6, type Script, type Times, times, value } from "../../ops/load/k6.ts";
import { isFinal, statuses } from "../../services/order/domain/status.ts";
import { audit, type OpenBooks } from "./books.ts";
import type { Target, Way } from "./target.ts";
import { type Usage, watchUsage } from "./usage.ts";

/** What the bench's guests order. */
export const products = ["bench-soup", "bench-tea"] as const;

/** What an order of a guest who stays is until it is ready. */
const underWay = statuses.filter((status) => !isFinal(status));

/** How long a stack may take to work off what a phase left behind. */
const patienceMs = 120_000;

/** What came of one load, and what it took. */
export type Phase = {
  readonly way: Way;
  readonly seconds: number;
  readonly accepted: number;
  readonly failed: number;
  /** Attempts that were answered 503 with `Retry-After`: the guest knows that there is no order, and when to come again. */
  readonly refused: number;
  /** From the end of the load until nothing was left to do. */
  readonly quietAfterSeconds: number;
  /** The same, but from when the last guest came: it ends with the last guest who waits, if that is later. */
  readonly allDoneAfterSeconds: number;
  /** What did not add up afterwards, a sentence each. */
  readonly findings: readonly string[];
  /** Thresholds that k6 saw missed. */
  readonly missed: readonly string[];
  /** Until the load ended, and until everything that it brought about was done. */
  readonly underLoad: Usage;
  readonly untilQuiet: Usage;
};

/** Guests who order again as soon as they are answered, and do not pay. */
export type OrdersPhase = Phase & { readonly connections: number; readonly perSecond: number; readonly times: Times };

/** Guests who come at a fixed rate and stay until their meal is ready. */
export type FlowPhase = Phase & {
  readonly rate: number;
  /** Arrivals that found no free guest in k6, because so many were still waiting. */
  readonly dropped: number;
  /** Orders that became ready while guests came, each second. */
  readonly readyPerSecond: number;
  /** Orders that were accepted and not ready when the last guest had come. */
  readonly behind: number;
  /** How long those who were refused waited for that. */
  readonly toRefusal: Times;
  readonly toPayment: Times;
  readonly fromPayment: Times;
  readonly toReady: Times;
};

type Ran = Phase & { summary: K6Summary };

async function run(
  target: Target,
  books: OpenBooks,
  script: Script,
  { seconds, ...env }: { seconds: number } & Record<string, number>,
): Promise<Ran> {
  const before = await books.read();
  const ends = script === "orders" ? (["pending"] as const) : underWay;
  // What earlier phases left as it is, unpaid, is not waited for.
  const old = await books.any(ends);
  const busy = ends.filter((status) => !old.includes(status));
  const watch = watchUsage(target.pids);
  try {
    let underLoad: Usage = {};
    const variables = { URL: target.urls.join(","), PRODUCTS: products.join(","), SECONDS: seconds, ...env };
    const loadEnds = setTimeout(() => {
      underLoad = watch.read();
    }, seconds * 1000);
    let lastCame = 0;
    const summary = await runK6(script, variables, (pid) => {
      watch.add("k6", pid);
      lastCame = Date.now() + seconds * 1000;
    });
    clearTimeout(loadEnds);
    if (script === "orders") underLoad = watch.read();
    const k6Ended = Date.now();
    // Guests who lost patience before they could pay leave orders that nobody pays.
    const leftUnpaid = value(summary, "orders_left_unpaid", "count");
    const left = await books.quiet(
      busy.filter((status) => leftUnpaid === 0 || status !== "waiting_for_payment"),
      patienceMs,
    );
    const quietAt = Date.now();
    const untilQuiet = watch.read();
    const after = await books.read();
    const accepted = value(summary, "orders_accepted", "count");
    const failed = value(summary, "orders_failed", "passes");
    const refused = value(summary, "orders_refused", "count");
    const customers = summary.setup_data.map(({ customerId }) => customerId);
    const orders = await books.ordersOf(customers);
    const unfinished = left.map((status) => `orders that are still ${status} after ${patienceMs / 1000} s`);
    if (leftUnpaid > 0) {
      const unpaid = await books.ordersOf(customers, "waiting_for_payment");
      if (unpaid > leftUnpaid) unfinished.push(`${unpaid - leftUnpaid} orders that were paid for and do not know it`);
    }
    return {
      way: target.way,
      seconds,
      accepted,
      failed,
      refused,
      quietAfterSeconds: (quietAt - k6Ended) / 1000,
      allDoneAfterSeconds: (quietAt - lastCame) / 1000,
      findings: [...unfinished, ...audit({ accepted, failed: failed + refused, orders, before, after })],
      missed: missed(summary),
      underLoad,
      untilQuiet,
      summary,
    };
  } finally {
    watch.end();
  }
}

/** Accepted orders a second at so many connections, and how long each order takes. */
export async function ordersPhase(
  target: Target,
  books: OpenBooks,
  connections: number,
  seconds: number,
): Promise<OrdersPhase> {
  const { summary, ...phase } = await run(target, books, "orders", {
    seconds,
    CONNECTIONS: connections,
  });
  const perSecond = value(summary, "orders_in_time", "count") / seconds;
  return { ...phase, connections, perSecond, times: times(summary, "order_ms") };
}

/** So many orders from POST to ready, however long they take, so that what is measured afterwards is compiled code. */
export async function warmUp(target: Target, books: OpenBooks, orders: number): Promise<void> {
  await runK6("flow", { URL: target.urls.join(","), PRODUCTS: products.join(","), ITERATIONS: orders });
  await books.quiet(underWay, patienceMs);
}

/** From the order to the meal, at so many guests a second. */
export async function flowPhase(target: Target, books: OpenBooks, rate: number, seconds: number): Promise<FlowPhase> {
  const { summary, ...phase } = await run(target, books, "flow", { seconds, RATE: rate });
  const readyInTime = value(summary, "orders_ready_in_time", "count");
  return {
    ...phase,
    rate,
    dropped: value(summary, "dropped_iterations", "count"),
    readyPerSecond: readyInTime / seconds,
    behind: phase.accepted - readyInTime,
    toRefusal: times(summary, "refused_ms"),
    toPayment: times(summary, "to_waiting_for_payment_ms"),
    fromPayment: times(summary, "payment_to_ready_ms"),
    toReady: times(summary, "to_ready_ms"),
  };
}

/** Kept up: no guest was turned away by k6 or by Gorder, and no more than two seconds' worth of orders were unfinished at the end. */
export function keptUp({ rate, dropped, refused = 0, behind }: FlowPhase): boolean {
  return dropped === 0 && refused === 0 && behind <= rate * 2;
}
