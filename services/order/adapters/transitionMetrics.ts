import type { Metrics } from "#common/metrics";
import type { OrderListener } from "../app/listeners.ts";
import { stageTimes } from "./stageTimes.ts";

/** Counts the statuses that orders reach, and times how long that took. */
export function transitionMetrics(metrics: Metrics): OrderListener {
  const reached = metrics.counter("gorder_order_transitions_total", "Statuses that orders reached", ["status"]);
  const time = stageTimes(metrics);
  return (order, before) => {
    if (before?.version === order.version) return;
    reached.inc({ status: order.status });
    time(before, order);
  };
}
