import type { Metrics } from "#common/metrics";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { entryTypes } from "../domain/outbox.ts";
import { isFinal, statuses } from "../domain/status.ts";

/** Zeros are told as well: an alert sees a number go up, and not one appear. An event is sent until the order moves on. */
const mayBeStuck = entryTypes.filter((type) => type !== "order.created");

const overdueMs = 600_000;

/** Numbers that are asked of the store whenever Prometheus asks: orders under way by status, and the outbox. */
export function orderGauges(metrics: Metrics, orders: OrderRepository, now: () => number): void {
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
      gauge.set(oldestAt ? (now() - oldestAt.getTime()) / 1000 : 0);
    },
  );
  metrics.gauge(
    "gorder_orders_stuck",
    "Orders with something that came to nothing and waits for an operator, by what it is",
    ["type"],
    async (gauge) => {
      const counts = await orders.stuck();
      for (const type of mayBeStuck) gauge.set({ type }, counts.get(type) ?? 0);
    },
  );
  metrics.gauge("gorder_orders_overdue", "Unpaid orders that should have ended ten minutes ago", [], async (gauge) => {
    gauge.set(await orders.countOverdue(new Date(now() - overdueMs)));
  });
}
