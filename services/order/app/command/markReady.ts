import type { Handler } from "#common/decorator/observed";
import type { OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Now } from "../services.ts";

/** A kitchen has finished a meal. */
export type MarkReady = { orderId: string; kitchenId: string };

type Deps = { orders: Pick<OrderRepository, "update">; now: Now };

/** Ends an order with its meal. @throws AppError "conflict" for a kitchen that does not hold the claim. */
export function markReady({ orders, now }: Deps): Handler<MarkReady, OrderSnapshot> {
  return async ({ orderId, kitchenId }) =>
    (await orders.update(orderId, (order) => order.markReady(kitchenId, now()))).snapshot;
}
