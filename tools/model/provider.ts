import type { FoundSession, OrderToPay } from "../../services/payment/app/ports.ts";
import type { Money, PaidPayment } from "../../services/payment/domain/payment.ts";
import type { StripeEvent } from "../../services/payment/ports/stripeEvent.ts";
import { fakeCheckout } from "../../services/payment/testing/fakeCheckout.ts";
import type { Books } from "../ledger/books.ts";

/**
 * A payment provider whose messages wait in `webhooks` until the test delivers them.
 * @param forgetsKeys every refund is made that is asked for: the idempotency key is no guard.
 */
export function createProvider(forgetsKeys = false) {
  const webhooks: StripeEvent[] = [];
  const totals = new Map<string, Money>();
  const refunded: string[] = [];
  const fake = fakeCheckout();
  const sessionOf = (orderId: string): FoundSession | undefined => fake.found.get(`cs_${orderId}`);

  function message(orderId: string, type: string, paid: boolean): StripeEvent {
    const total = totals.get(orderId);
    const object = {
      id: `cs_${orderId}`,
      payment_status: paid ? "paid" : "unpaid",
      amount_total: total?.amount ?? 0,
      currency: total?.currency ?? "",
      payment_intent: `pi_${orderId}`,
      metadata: { orderId },
    };
    const created = Math.floor(Date.now() / 1000);
    return { id: `evt_${type}_${orderId}`, type: `checkout.session.${type}`, created, data: { object } };
  }
  const tell = (...what: Parameters<typeof message>) => void webhooks.push(message(...what));

  function take(orderId: string, type: "completed" | "async_payment_succeeded"): void {
    const session = sessionOf(orderId);
    const taken = totals.get(orderId);
    if (!session || !taken) return;
    const ids = { eventId: `evt_${type}_${orderId}`, sessionId: session.session.id, paymentId: `pi_${orderId}` };
    session.state = { status: "paid", confirmation: { ...ids, taken, at: new Date() } };
    tell(orderId, type, true);
  }

  return {
    webhooks,
    checkout: {
      ...fake,
      async open(order: OrderToPay) {
        totals.set(order.orderId, order.total);
        return fake.open(order);
      },
      async expire(sessionId: string) {
        const session = fake.found.get(sessionId);
        if (session?.state.status === "open") tell(session.orderId, "expired", false);
        return fake.expire(sessionId);
      },
      async refund(payment: PaidPayment) {
        await fake.refund(payment);
        if (forgetsKeys || !refunded.includes(payment.orderId)) refunded.push(payment.orderId);
      },
    },
    /** What somebody else could send who knows how messages look. */
    forged: (orderId: string) => message(orderId, "completed", true),
    /** The customer pays, if they still can. */
    pay(orderId: string): void {
      if (sessionOf(orderId)?.state.status === "open") take(orderId, "completed");
    },
    /** The customer pays by a means that takes days, if they still can. */
    paySlowly(orderId: string): void {
      const session = sessionOf(orderId);
      if (session?.state.status !== "open") return;
      session.state = { status: "processing" };
      tell(orderId, "completed", false);
    },
    /** A slow payment ends. */
    endSlowPayment(orderId: string, succeeds: boolean): void {
      const session = sessionOf(orderId);
      if (session?.state.status !== "processing") return;
      if (succeeds) take(orderId, "async_payment_succeeded");
      else {
        session.state = { status: "closed", reason: "payment_failed" };
        tell(orderId, "async_payment_failed", false);
      }
    },
    books(): Pick<Books, "checkouts" | "refunds"> {
      const checkouts = [...fake.found.values()].map(({ session: { id }, orderId, state: { status } }) => {
        const paid = status === "paid" || status === "refunded";
        const total = totals.get(orderId) ?? { amount: 0, currency: "" };
        const open = status === "open" || status === "processing";
        return { id, orderId, open, paid, total, paymentId: paid ? `pi_${orderId}` : undefined };
      });
      const refunds = refunded.map((orderId, index) => {
        return { id: `re_${index}`, paymentId: `pi_${orderId}`, amount: totals.get(orderId)?.amount ?? 0 };
      });
      return { checkouts, refunds };
    },
  };
}
