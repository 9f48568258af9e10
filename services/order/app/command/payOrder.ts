import type { Handler } from "#common/decorator/observed";
import { AppError } from "#common/errors";
import type { Money } from "../../domain/lines.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Now, Stock } from "../ports.ts";

/** The payment provider has the money for an order. */
export type PayOrder = { orderId: string; amount: Money };

type Dependencies = { orders: OrderRepository; stock: Stock; now: Now };

/** Accepts the payment and turns the reservation into a sale. A repeat finishes what the first left undone. */
export function payOrder({ orders, stock, now }: Dependencies): Handler<PayOrder, { repeated: boolean }> {
  return async ({ orderId, amount }) => {
    let repeated = true;
    await orders.update(orderId, (order) => {
      const { total } = order.snapshot;
      if (amount.amount !== total.amount || amount.currency !== total.currency) {
        throw new AppError("conflict", "The payment is not of the order's amount and currency");
      }
      const changed = order.pay(now());
      repeated = !changed;
      return changed;
    });
    await stock.commit(orderId);
    return { repeated };
  };
}
