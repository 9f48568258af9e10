import type { Handler } from "#common/decorator/observed";
import { AppError } from "#common/errors";
import type { OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Now } from "../services.ts";

/** A customer goes to the payment page. */
export type BeginPayment = { customerId: string; orderId: string };

type Deps = { orders: OrderRepository; now: Now };

/** Lets an order wait for its payment for its whole time, and answers with the order as it is: repeats change nothing. */
export function beginPayment({ orders, now }: Deps): Handler<BeginPayment, OrderSnapshot> {
  return async ({ customerId, orderId }) => {
    const order = await orders.update(orderId, (current) => {
      if (current.snapshot.customerId !== customerId) throw new AppError("not_found", "There is no such order");
      return current.beginPayment(now());
    });
    return order.snapshot;
  };
}
