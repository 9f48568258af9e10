import type { Handler } from "#common/decorator/observed";
import type { OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Now } from "../ports.ts";

/** What another service found out about an order. */
export type UpdateOrder = {
  orderId: string;
  change: { kind: "payment_requested"; paymentLink: string } | { kind: "marked_ready" };
};

/** Moves an order on. A change that was made before is answered with the order as it is. */
export function updateOrder({
  orders,
  now,
}: {
  orders: OrderRepository;
  now: Now;
}): Handler<UpdateOrder, OrderSnapshot> {
  return async ({ orderId, change }) => {
    const order = await orders.update(orderId, (current) =>
      change.kind === "payment_requested"
        ? current.requestPayment(change.paymentLink, now())
        : current.markReady(now()),
    );
    return order.snapshot;
  };
}
