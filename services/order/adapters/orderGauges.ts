import type { Metrics } from "#common/metrics";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { isFinal, statuses } from "../domain/status.ts";

/** Numbers that are asked of the store whenever Prometheus asks: orders under way by status, and the outbox. */
export function orderGauges(metrics: Metrics, orders: OrderRepository): void {
  metrics.gauge("gorder_orders", "Orders that are not at their end, by status", ["status"], async (gauge) => {
    // The final ones only grow: gorder_order_transitions_total counts them.
    for (const status of statuses.filter((one) => !isFinal(one))) gauge.set({ status }, await orders.count(status));
  });
  // Both gauges are read at once: one look serves both.
  let look: ReturnType<OrderRepository["outboxDepth"]> | undefined;
  const depth = () => {
    look ??= orders.outboxDepth().finally(() => {
      look = undefined;
    });
    return look;
  };
  metrics.gauge("gorder_outbox_entries", "Orders with events whose effect was not seen yet", [], async (gauge) => {
    gauge.set((await depth()).entries);
  });
  metrics.gauge(
    "gorder_outbox_age_seconds",
    "Age of the oldest event whose effect was not seen yet",
    [],
    async (gauge) => {
      const { oldestAt } = await depth();
      gauge.set(oldestAt ? (Date.now() - oldestAt.getTime()) / 1000 : 0);
    },
  );
}
