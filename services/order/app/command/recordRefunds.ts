import type { Handler } from "#common/decorator/observed";
import type { OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { RefundNews } from "../../domain/refunds.ts";
import type { Now, Report } from "../services.ts";

/** What the provider says of an order's refunds. */
export type RecordRefunds = { orderId: string; refunds: readonly RefundNews[] };

type Deps = { orders: Pick<OrderRepository, "update">; now: Now; report: Report };

/** Writes down how refunds stand, also those that were made elsewhere. Operators hear of one that failed, once. */
export function recordRefunds({ orders, now, report }: Deps): Handler<RecordRefunds, OrderSnapshot> {
  return async ({ orderId, refunds }) => {
    let failures = 0;
    const failed = ({ snapshot }: { snapshot: OrderSnapshot }) =>
      (snapshot.refunds ?? []).filter(({ status }) => status === "failed").length;
    const order = await orders.update(orderId, (current) => {
      const before = failed(current);
      const changed = current.recordRefunds(refunds, now());
      failures = failed(current) - before;
      return changed;
    });
    if (failures > 0) report({ kind: "refund_failed", outcome: "reported", orderId });
    return order.snapshot;
  };
}
