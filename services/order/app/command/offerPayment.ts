import type { Handler } from "#common/decorator/observed";
import type { OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Admission } from "../admission.ts";
import type { Now, Report } from "../services.ts";

/** The customer can pay at the link. */
export type OfferPayment = { orderId: string; paymentLink: string; checkoutSessionId?: string };

type Deps = { orders: OrderRepository; now: Now; admission: Pick<Admission, "recordLink">; report: Report };

/**
 * Lets an order wait for its payment. A repeat is answered with the order as it is; another link than the one that its
 * guest may have seen is refused, and operators hear of it.
 */
export function offerPayment({ orders, now, admission, report }: Deps): Handler<OfferPayment, OrderSnapshot> {
  return async ({ orderId, paymentLink, checkoutSessionId }) => {
    let [isNew, isOther] = [false, false];
    try {
      const order = await orders.update(orderId, (current) => {
        const { paymentLink: first = paymentLink, status } = current.snapshot;
        isOther = first !== paymentLink && status !== "cancelled";
        isNew = current.requestPayment(paymentLink, now(), checkoutSessionId);
        return isNew;
      });
      if (isNew) admission.recordLink();
      return order.snapshot;
    } catch (error) {
      if (isOther) report({ kind: "other_link", outcome: "reported", orderId });
      throw error;
    }
  };
}
