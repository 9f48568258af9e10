import type { Metrics } from "#common/metrics";
import type { PutAsides } from "../app/services.ts";

/** Counts the messages that are put aside, and shows how many wait for an operator. */
export function countedPutAsides(putAsides: PutAsides, metrics: Metrics): PutAsides {
  const counter = metrics.counter(
    "gorder_payments_put_aside_total",
    "Claimed payments that are no order's, by reason",
    ["reason"],
  );
  metrics.gauge("gorder_payments_put_aside", "Claimed payments that an operator has to look at", [], async (gauge) => {
    gauge.set(await putAsides.waiting());
  });
  return {
    ...putAsides,
    async add(message) {
      const added = await putAsides.add(message);
      if (added) counter.inc({ reason: message.reason });
      return added;
    },
  };
}
