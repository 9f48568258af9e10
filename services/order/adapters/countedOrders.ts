import type { Metrics } from "#common/metrics";
import type { OrderSnapshot } from "../domain/order.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { stageTimes } from "./stageTimes.ts";

/** The repository, counting the statuses that orders reach and timing how long that took. */
export function counted(orders: OrderRepository, metrics: Metrics): OrderRepository {
  const reached = metrics.counter("gorder_order_transitions_total", "Statuses that orders reached", ["status"]);
  const time = stageTimes(metrics);
  return {
    ...orders,
    async add(order) {
      const outcome = await orders.add(order);
      if (outcome === "added") reached.inc({ status: order.snapshot.status });
      return outcome;
    },
    async update(id, change) {
      let before: OrderSnapshot | undefined;
      const order = await orders.update(id, (current) => {
        before = current.snapshot;
        return change(current);
      });
      const { snapshot } = order;
      if (before && before.version !== snapshot.version) {
        reached.inc({ status: snapshot.status });
        time(before, snapshot);
      }
      return order;
    },
  };
}
