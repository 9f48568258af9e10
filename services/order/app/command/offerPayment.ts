import type { Handler } from "#common/decorator/observed";
import type { OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Admission } from "../admission.ts";
import type { Now } from "../ports.ts";

/** The customer can pay at the link. */
export type OfferPayment = { orderId: string; paymentLink: string; checkoutSessionId?: string };

type Dependencies = { orders: OrderRepository; now: Now; admission: Pick<Admission, "served"> };

/** Lets an order wait for its payment. A repeat is answered with the order as it is. */
export function offerPayment({ orders, now, admission }: Dependencies): Handler<OfferPayment, OrderSnapshot> {
  return async ({ orderId, paymentLink, checkoutSessionId }) => {
    let isNew = false;
    const order = await orders.update(orderId, (current) => {
      isNew = current.requestPayment(paymentLink, now(), checkoutSessionId);
      return isNew;
    });
    if (isNew) admission.served();
    return order.snapshot;
  };
}
