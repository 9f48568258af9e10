import type { Metrics } from "#common/metrics";
import type { Money } from "../app/query/listMoney.ts";
import { openRefunds } from "../domain/refunds.ts";

/** Shows how many refunds have no end yet, and how many failed and wait for somebody. */
export function showRefunds(metrics: Metrics, listMoney: () => Promise<Pick<Money, "payments" | "goingBack">>): void {
  metrics.gauge("gorder_refunds", "Refunds under way or failed, by state", ["state"], async (gauge) => {
    const { payments, goingBack } = await listMoney();
    const states = [...payments.flatMap(openRefunds), ...goingBack.flatMap(({ refund }) => refund ?? [])];
    for (const state of ["refunding", "failed"] as const)
      gauge.set({ state }, states.filter((one) => one.state === state).length);
  });
}
