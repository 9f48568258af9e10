import type { Books } from "../../ops/ledger/books.ts";
import type { FoundSession, OrderToPay, RefundWish } from "../../services/payment/app/services.ts";
import type { Money } from "../../services/payment/domain/payment.ts";
import type { StripeEvent } from "../../services/payment/ports/stripeEvent.ts";
import { fakeCheckout } from "../../services/payment/testing/fakeCheckout.ts";

/**
 * A payment provider whose messages wait in `webhooks` until the test delivers them.
 * @param forgetsKeys every refund is made that is asked for: the idempotency key is no guard.
 */
export function createProvider(forgetsKeys = false) {
  const webhooks: StripeEvent[] = [];
  const totals = new Map<string, Money>();
  const fake = fakeCheckout();
  fake.forgetsKeys = forgetsKeys;
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

  /** Nothing but the payment is looked at in such a message. */
  function tellOfRefund(what: "created" | "updated", payment_intent: string): void {
    const created = Math.floor(Date.now() / 1000);
    const id = `evt_refund_${what}_${payment_intent}`;
    webhooks.push({ id, type: `refund.${what}`, created, data: { object: { payment_intent } } });
  }

  function take(orderId: string, type: "completed" | "async_payment_succeeded"): void {
    const session = sessionOf(orderId);
    const taken = totals.get(orderId);
    if (!session || !taken) return;
    const ids = { eventId: `evt_${type}_${orderId}`, sessionId: session.session.id, paymentId: `pi_${orderId}` };
    const confirmation = { ...ids, taken, at: new Date() };
    fake.take(session, { status: "paid", confirmation, back: { refunds: [], disputes: [] } });
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
      async refund(wish: RefundWish) {
        const made = fake.refunds.length;
        const news = await fake.refund(wish);
        if (fake.refunds.length > made) tellOfRefund("created", wish.paymentId);
        return news;
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
    /**
     * Somebody gives a cent of an order back in the provider's dashboard, or all of it, if it was paid and is not on its
     * way back. @returns whether it was.
     */
    refundByHand(orderId: string, part?: 1): boolean {
      const paymentId = `pi_${orderId}`;
      const total = totals.get(orderId);
      if (sessionOf(orderId)?.state.status !== "paid" || !total) return false;
      if (fake.refunds.some((one) => one.paymentId === paymentId)) return false;
      fake.refundByHand(paymentId, part ?? total.amount);
      tellOfRefund("created", paymentId);
      return true;
    },
    /** From now on refunds take days, or do not any more; those under way arrive. */
    holdRefunds(hold: boolean): void {
      fake.begin = hold ? "refunding" : "succeeded";
      for (const { providerId, paymentId, state } of hold ? [] : [...fake.refunds]) {
        if (state !== "refunding") continue;
        fake.endRefund(providerId, "succeeded");
        tellOfRefund("updated", paymentId);
      }
    },
    books(): Pick<Books, "checkouts" | "refunds"> {
      const checkouts = [...fake.found.values()].map(({ session: { id }, orderId, state: { status } }) => {
        const paid = status === "paid";
        const total = totals.get(orderId) ?? { amount: 0, currency: "" };
        const open = status === "open" || status === "processing";
        return { id, orderId, open, paid, total, paymentId: paid ? `pi_${orderId}` : undefined };
      });
      const refunds = fake.refunds.flatMap(({ providerId: id, paymentId, amount, state }) => {
        return state === "failed" ? [] : [{ id, paymentId, amount, state }];
      });
      return { checkouts, refunds };
    },
  };
}
