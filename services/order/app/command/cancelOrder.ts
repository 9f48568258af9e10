import type { Handler } from "#common/decorator/observed";
import { AppError } from "#common/errors";
import type { OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Now } from "../services.ts";

/** A customer changed their mind. */
export type CancelOrder = { customerId: string; orderId: string };

type Deps = { orders: OrderRepository; now: Now; newId: () => string; soon: () => void };

/** Cancels an unpaid order; its items go back by the outbox, which is told to look `soon`. */
export function cancelOrder({ orders, now, newId, soon }: Deps): Handler<CancelOrder, OrderSnapshot> {
  return async ({ customerId, orderId }) => {
    const order = await orders.update(orderId, (current) => {
      if (current.snapshot.customerId !== customerId) throw new AppError("not_found", "There is no such order");
      return current.cancel("customer", "customer", newId(), now());
    });
    soon();
    return order.snapshot;
  };
}
