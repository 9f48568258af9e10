import type { Metrics } from "#common/metrics";
import type { OrderRepository } from "../domain/orderRepository.ts";

/** The repository, counting the statuses that orders reach. */
export function counted(orders: OrderRepository, metrics: Metrics): OrderRepository {
  const reached = metrics.counter("gorder_order_transitions_total", "Statuses that orders reached", ["status"]);
  return {
    ...orders,
    async add(order) {
      const outcome = await orders.add(order);
      if (outcome === "added") reached.inc({ status: order.snapshot.status });
      return outcome;
    },
    async update(id, change) {
      let moved = false;
      const order = await orders.update(id, (current) => {
        const before = current.snapshot.status;
        const changed = change(current);
        moved = current.snapshot.status !== before;
        return changed;
      });
      if (moved) reached.inc({ status: order.snapshot.status });
      return order;
    },
  };
}
