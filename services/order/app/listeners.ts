import type { Order, OrderSnapshot } from "../domain/order.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";

/** Hears of an order once it is stored, and of what it was before; undefined for a new one. It never throws. */
export type OrderListener = (order: OrderSnapshot, before: OrderSnapshot | undefined) => void;

/** The orders, and the listeners hear of every write that is made through them: all that watch orders share this one wrapper. */
export function withListeners(orders: OrderRepository, listeners: readonly OrderListener[]): OrderRepository {
  const tell = ({ snapshot }: Order, before?: OrderSnapshot): void => {
    for (const hear of listeners) hear(snapshot, before);
  };
  return {
    ...orders,
    async add(order) {
      const outcome = await orders.add(order);
      if (outcome === "added") tell(order);
      return outcome;
    },
    async update(id, change) {
      let before: OrderSnapshot | undefined;
      const order = await orders.update(id, (current) => {
        before = current.snapshot;
        return change(current);
      });
      tell(order, before);
      return order;
    },
  };
}
