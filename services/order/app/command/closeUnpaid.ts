import type { Handler } from "#common/decorator/observed";
import type { OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { UnpaidReason } from "../../domain/status.ts";
import type { Now } from "../services.ts";

/** Nobody can pay for the order any more, and nobody did. */
export type CloseUnpaid = { orderId: string; reason: UnpaidReason };

type Deps = { orders: OrderRepository; now: Now; newId: () => string; soon: () => void };

/** Cancels an order that payment has closed; its items go back by the outbox, which is told to look `soon`. */
export function closeUnpaid({ orders, now, newId, soon }: Deps): Handler<CloseUnpaid, OrderSnapshot> {
  return async ({ orderId, reason }) => {
    const order = await orders.update(orderId, (current) => current.cancel(reason, "payment", newId(), now()));
    soon();
    return order.snapshot;
  };
}
