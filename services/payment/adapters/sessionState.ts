import type Stripe from "stripe";
import type { FoundSession } from "../app/services.ts";
import type { GivenBack } from "../domain/moneyBack.ts";
import type { SessionState } from "../domain/payment.ts";
import { markedOrder } from "../marks.ts";

/** What is asked for with a session, so that its state can be told from it. */
export const expand = ["payment_intent.latest_charge"];

/** A session of Stripe, asked for with {@link expand}, in our words, with what went back of its money. */
export function foundSession(session: Stripe.Checkout.Session, back: GivenBack): FoundSession {
  const { id, url, metadata } = session;
  const orderId = markedOrder(metadata)?.orderId ?? "";
  return { session: { id, url: url ?? "" }, orderId, total: totalOf(session), state: stateOf(session, back) };
}

/** The payment of a session whose money was taken. */
export function paymentOf(session: Stripe.Checkout.Session): string | undefined {
  if (session.status !== "complete" || session.payment_status === "unpaid") return undefined;
  return objectOf(session.payment_intent)?.id;
}

/** The payment of a session that waits for its customer to do something elsewhere, such as paying a voucher at a till. */
export function waitingPayment(session: Stripe.Checkout.Session): string | undefined {
  const intent = objectOf(session.payment_intent);
  return session.status === "complete" && intent?.status === "requires_action" ? intent.id : undefined;
}

function totalOf({ amount_total, currency }: Stripe.Checkout.Session) {
  return { amount: amount_total ?? 0, currency: currency ?? "" };
}

function stateOf(session: Stripe.Checkout.Session, back: GivenBack): SessionState {
  const intent = objectOf(session.payment_intent);
  if (session.status === "open") return { status: "open" };
  if (session.status === "expired") return { status: "closed", reason: "expired" };
  // Completed does not mean paid: the money of a slow means of payment, or a voucher's, comes later, or never. Where
  // nothing was to be paid, what was taken says so.
  if (session.payment_status === "unpaid") {
    return hasFailed(intent) ? { status: "closed", reason: "payment_failed" } : { status: "processing" };
  }
  const charge = objectOf(intent?.latest_charge);
  const confirmation = {
    eventId: session.id,
    sessionId: session.id,
    paymentId: intent?.id ?? session.id,
    taken: totalOf(session),
    at: new Date((charge?.created ?? session.created) * 1000),
    means: meansOf(intent),
  };
  return { status: "paid", confirmation, back };
}

/** What a payment was made with, in Stripe's word. @param intent asked for with what was taken. */
export function meansOf(intent: Stripe.PaymentIntent | undefined): string | undefined {
  return objectOf(intent?.latest_charge)?.payment_method_details?.type;
}

/** Nothing but these ends an intent without money: one that waits for the customer's action can still be paid. */
function hasFailed(intent: Stripe.PaymentIntent | undefined): boolean {
  return intent?.status === "requires_payment_method" || intent?.status === "canceled";
}

function objectOf<T extends object>(expanded: string | T | null | undefined): T | undefined {
  return typeof expanded === "object" && expanded !== null ? expanded : undefined;
}
