import type { Handler } from "#common/decorator/observed";
import type { Order, OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Now } from "../ports.ts";

/** What another service found out about an order. */
export type UpdateOrder = {
  orderId: string;
  change:
    | { kind: "payment_requested"; paymentLink: string; checkoutSessionId?: string }
    | { kind: "marked_ready" }
    | { kind: "checkout_closed"; reason: "expired" | "payment_failed" };
};

type Dependencies = { orders: OrderRepository; now: Now; newId: () => string };

/** Moves an order on. A change that was made before is answered with the order as it is. */
export function updateOrder({ orders, now, newId }: Dependencies): Handler<UpdateOrder, OrderSnapshot> {
  const apply = (order: Order, change: UpdateOrder["change"]): boolean => {
    switch (change.kind) {
      case "payment_requested":
        return order.requestPayment(change.paymentLink, now(), change.checkoutSessionId);
      case "marked_ready":
        return order.markReady(now());
      case "checkout_closed":
        return order.cancel(change.reason, "payment", newId(), now());
    }
  };
  return async ({ orderId, change }) => (await orders.update(orderId, (order) => apply(order, change))).snapshot;
}
