import type { Handler } from "#common/decorator/observed";
import type { OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Now } from "../ports.ts";

/** The customer can pay at the link. */
export type OfferPayment = { orderId: string; paymentLink: string; checkoutSessionId?: string };

type Dependencies = { orders: OrderRepository; now: Now };

/** Lets an order wait for its payment. A repeat is answered with the order as it is. */
export function offerPayment({ orders, now }: Dependencies): Handler<OfferPayment, OrderSnapshot> {
  return async ({ orderId, paymentLink, checkoutSessionId }) => {
    const order = await orders.update(orderId, (current) =>
      current.requestPayment(paymentLink, now(), checkoutSessionId),
    );
    return order.snapshot;
  };
}
