import type { Metrics } from "#common/metrics";
import type { OrderSnapshot } from "../domain/order.ts";

type Lived = Pick<OrderSnapshot, "history">;

/** In seconds, from what a machine takes to what a guest takes; 2 is the objective for a payment link. */
const buckets = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 1800, 3600];

/** From where else than the step before a guest or a cook counts. */
const milestones = ["pending", "paid"];

/**
 * Times what orders go through, as `gorder_order_stage_seconds{from,to}`: each step from the one before, and from when
 * the order was placed (`pending`) and first paid. Without a `before` the order is new.
 * @returns a function to be called after each change that was stored, and after no other.
 */
export function stageTimes(metrics: Metrics): (before: Lived | undefined, after: Lived) => void {
  const stages = metrics.histogram(
    "gorder_order_stage_seconds",
    "From one status of an order to another",
    ["from", "to"],
    buckets,
  );
  return (before, { history }) => {
    for (let at = Math.max(before?.history.length ?? 0, 1); at < history.length; at += 1) {
      const [step, last] = [history[at], history[at - 1]];
      if (step === undefined || last === undefined) continue;
      const earlier = milestones.map((status) => history.slice(0, at).find((one) => one.status === status));
      const starts = new Map([...earlier, last].flatMap((one) => (one ? [[one.status, one.at] as const] : [])));
      for (const [from, since] of starts) {
        // Two machines' clocks may differ by more than a fast step takes.
        stages.observe({ from, to: step.status }, Math.max(0, step.at.getTime() - since.getTime()) / 1000);
      }
    }
  };
}
