import type { Locks } from "#common/dapr/ports";
import type { Handler } from "#common/decorator/observed";
import { isKind } from "#common/errors";
import type { Logger } from "#common/logging";
import { openPayment, type Payment } from "../../domain/payment.ts";
import type { Checkout, Orders, OrderToPay, Payments } from "../ports.ts";
import type { CloseCheckout } from "./closeCheckout.ts";
import { alone } from "./paymentLock.ts";

/** What {@link requestPayment} works with. */
export type RequestPaymentDeps = {
  payments: Payments;
  checkout: Checkout;
  orders: Orders;
  locks: Locks;
  close: Handler<CloseCheckout, Payment>;
  logger: Logger;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** `expired`: the order came when nobody may pay for it any more, so there is nothing to open. */
export type Requested = "requested" | "repeated" | "expired";

/**
 * Opens the payment of a new order and tells the order where it can be paid. A repeat tells the same link again; a
 * payment that has its end, or is never to be opened, is left alone.
 * The lock saves a second call to the provider. What keeps it at one session and one payment without the lock is the
 * provider's idempotency key and the store's first write.
 */
export function requestPayment(deps: RequestPaymentDeps): Handler<OrderToPay, Requested> {
  const { payments, checkout, orders, locks, logger } = deps;

  return async (order) => {
    let outcome: Requested = "repeated";
    const payment = await alone(locks, order.orderId, async () => {
      const stored = await payments.find(order.orderId);
      if (stored) return stored;
      outcome = order.expiresAt && order.expiresAt.getTime() <= deps.now() ? "expired" : "requested";
      return outcome === "expired" ? undefined : opened(order);
    });
    // Only after the lock was given back: whoever pays as soon as the link is seen must not find it taken.
    if (payment?.status === "open") await tell(payment);
    return outcome;
  };

  async function opened(order: OrderToPay): Promise<Payment> {
    const { orderId, customerId, total, traceparent } = order;
    const session = await checkout.open(order);
    const payment = await payments.add(openPayment({ orderId, customerId, total, traceparent, session }));
    // Somebody closed the payment meanwhile, or opened it elsewhere: nobody was shown this session, nobody may be.
    if (payment.status === "barred" || payment.session.id !== session.id) await checkout.expire(session.id);
    return payment;
  }

  async function tell({ orderId, session }: Extract<Payment, { status: "open" }>): Promise<void> {
    try {
      await orders.requestPayment(orderId, session);
    } catch (error) {
      if (!isKind(error, "conflict")) throw error;
      logger.warn("order can no longer be paid", { orderId, reason: error.message });
      await deps.close({ orderId, reason: "order_refused" });
    }
  }
}
