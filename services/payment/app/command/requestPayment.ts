import type { Handler } from "#common/decorator/observed";
import { isKind } from "#common/errors";
import type { Logger } from "#common/logging";
import { barPayment, type CheckoutSession, openPayment, type Payment } from "../../domain/payment.ts";
import type { Recall } from "../recall.ts";
import type { Checkout, Orders, OrderToPay, Payments } from "../services.ts";
import type { CloseCheckout } from "./closeCheckout.ts";
import { tellUnpaid } from "./tellUnpaid.ts";

export type RequestPaymentDeps = {
  payments: Payments;
  checkout: Checkout;
  orders: Orders;
  recall: Recall;
  close: Handler<CloseCheckout, Payment>;
  logger: Logger;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** `refused`: no provider will ever take this. `expired`: the order came when nobody may pay for it any more, so there is nothing to open. */
export type Requested = "requested" | "repeated" | "expired" | "refused";

/**
 * How old the news of an order may be before payment looks for a session that it may have had, in milliseconds: far
 * within the 24 hours for which the provider's idempotency key holds.
 */
const freshMs = 60 * 60_000;

/**
 * Opens the payment of a new order and tells the order where it can be paid. A repeat tells the same link again; a
 * payment that has its end, or is never to be opened, is left alone.
 * Nothing is read first: the provider's idempotency key keeps it at one session, the store's first write at one payment,
 * and what was there first decides. Only for old news, whose key the provider may have forgotten, is the payment looked
 * for before a session is opened.
 */
export function requestPayment(deps: RequestPaymentDeps): Handler<OrderToPay, Requested> {
  const { payments, checkout, orders, logger } = deps;

  return async (order) => {
    const { orderId, expiresAt, placedAt } = order;
    const isOver = expiresAt !== undefined && expiresAt.getTime() <= deps.now();
    const isOld = placedAt.getTime() <= deps.now() - freshMs;
    const known = isOver ? await payments.find(orderId) : isOld ? await deps.recall(orderId) : undefined;
    if (isOver && !known) return "expired";
    const { payment, outcome } = known ? { payment: known, outcome: "repeated" as const } : await open(order);
    if (payment.status === "open") await tell(payment);
    return outcome;
  };

  async function open(order: OrderToPay): Promise<{ payment: Payment; outcome: Requested }> {
    const { orderId, customerId, total, traceparent } = order;
    const session = await sessionOf(order);
    if (!session) return refuse(orderId);
    const openedAt = new Date(deps.now()).toISOString();
    const opening = openPayment({ orderId, customerId, total, traceparent, session, openedAt });
    const payment = await payments.add(opening);
    // Somebody closed the payment meanwhile, or opened it elsewhere: nobody was shown this session, nobody may be.
    if (payment.status === "barred" || payment.session.id !== session.id) await checkout.expire(session.id);
    return { payment, outcome: payment === opening ? "requested" : "repeated" };
  }

  /** Undefined where the provider will never open one. */
  async function sessionOf(order: OrderToPay): Promise<CheckoutSession | undefined> {
    if (order.total.amount <= 0) return undefined;
    try {
      return await checkout.open(order);
    } catch (error) {
      if (!isKind(error, "invalid")) throw error;
      logger.warn("order cannot be paid", { orderId: order.orderId, reason: error.message });
      return undefined;
    }
  }

  /** The order hears at once what no later try can change, and its items are not held for nobody. */
  async function refuse(orderId: string): Promise<{ payment: Payment; outcome: Requested }> {
    const payment = await payments.add(barPayment(orderId, "payment_failed"));
    if (payment.status === "barred") await tellUnpaid(deps, orderId, "payment_failed");
    return { payment, outcome: "refused" };
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
