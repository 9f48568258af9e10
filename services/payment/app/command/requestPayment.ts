import type { Locks } from "#common/dapr/ports";
import type { Handler } from "#common/decorator/observed";
import { AppError, isKind } from "#common/errors";
import type { Logger } from "#common/logging";
import { openPayment, type Payment } from "../../domain/payment.ts";
import type { Checkout, Orders, OrderToPay, Payments } from "../ports.ts";
import { lockOf, lockSeconds } from "./paymentLock.ts";

/** What {@link requestPayment} works with. */
export type RequestPaymentDeps = {
  payments: Payments;
  checkout: Checkout;
  orders: Orders;
  locks: Locks;
  logger: Logger;
};

/**
 * Opens the payment of a new order and tells the order where it can be paid. A repeat tells the same link again; an
 * order that was paid meanwhile is left alone.
 * The lock saves a second call to the provider. What keeps it at one session and one payment without the lock is the
 * provider's idempotency key and the store's first write.
 */
export function requestPayment(deps: RequestPaymentDeps): Handler<OrderToPay, "requested" | "repeated"> {
  return async (order) => {
    let outcome: "requested" | "repeated" = "repeated";
    let payment: Payment | undefined;
    await deps.locks.withLock(lockOf(order.orderId), lockSeconds, async () => {
      payment = await deps.payments.find(order.orderId);
      if (payment) return;
      payment = await deps.payments.add(await opened(order));
      outcome = "requested";
    });
    if (!payment) throw new AppError("unavailable", "The payment of this order is being worked on elsewhere");
    // Only after the lock was given back: whoever pays as soon as the link is seen must not find it taken.
    if (payment.status !== "paid") await tell(order.orderId, payment.session.url);
    return outcome;
  };

  async function opened(order: OrderToPay) {
    const { orderId, customerId, total, traceparent } = order;
    return openPayment({ orderId, customerId, total, traceparent, session: await deps.checkout.open(order) });
  }

  async function tell(orderId: string, link: string): Promise<void> {
    try {
      await deps.orders.requestPayment(orderId, link);
    } catch (error) {
      if (!isKind(error, "conflict")) throw error;
      deps.logger.warn("order can no longer be paid", { orderId, reason: error.message });
    }
  }
}
