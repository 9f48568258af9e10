import { type AskedPayment, mismatch, openPayment, type Payment } from "../domain/payment.ts";
import { isQuiet, isTaken } from "../domain/refunds.ts";
import { follow } from "../domain/transitions.ts";
import type { Checkout, FoundSession, KnownOrder, Names, Orders, Payments } from "./services.ts";

export type RecallDeps = { payments: Payments; checkout: Checkout; orders: Orders; toAttend: Names };

/** The payment of an order; the session is one that the caller believes to be the order's. */
export type Recall = (orderId: string, sessionId?: string) => Promise<Payment | undefined>;

/**
 * Finds a payment in the store or, where the store has forgotten it, learns it again from the order and the provider,
 * and stores it. The session that the order knows goes before the one that is claimed, which may be one that was never
 * shown to anybody: it counts only if it asks for the order's total.
 */
export function recall({ payments, checkout, orders, toAttend }: RecallDeps): Recall {
  return async (orderId, sessionId) => {
    const stored = await payments.find(orderId);
    if (stored && (stored.status !== "barred" || !sessionId)) return stored;
    const order = await orders.find(orderId);
    const known = order?.sessionId || sessionId;
    if (!order || !known) return stored;
    const found = await checkout.find(known);
    if (found?.orderId !== orderId || !(order.sessionId || asksFor(found, order))) return stored;
    const payment = learned(orderId, order, found);
    if (isTaken(payment) && !isQuiet(payment)) await toAttend.add(orderId);
    return payments.restore(payment);
  };
}

function asksFor({ total }: FoundSession, order: KnownOrder): boolean {
  return total.amount === order.total.amount && total.currency === order.total.currency;
}

function learned(orderId: string, order: KnownOrder, { session, state }: FoundSession): AskedPayment {
  const { customerId, total, traceparent, paymentLink } = order;
  const payment = openPayment({
    orderId,
    customerId,
    total,
    traceparent,
    session: { id: session.id, url: session.url || paymentLink },
  });
  // Money that does not match is no payment of the order: the next act on the payment puts it aside.
  return "confirmation" in state && mismatch(payment, state.confirmation) ? payment : follow(payment, state);
}
