import type { Handler } from "#common/decorator/observed";
import { AppError } from "#common/errors";
import type { OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";

/** Which order; with a customer, only if it is theirs. */
export type GetOrder = { orderId: string; customerId?: string };

/** One order. Another customer's order is "not_found", as one that does not exist. */
export function getOrder({ orders }: { orders: OrderRepository }): Handler<GetOrder, OrderSnapshot> {
  return async ({ orderId, customerId }) => {
    const order = await orders.get(orderId);
    if (!order || (customerId !== undefined && order.snapshot.customerId !== customerId)) {
      throw new AppError("not_found", "There is no such order");
    }
    return order.snapshot;
  };
}
