import type { Session } from "./sessions.ts";

/**
 * The session as Stripe shows it, as far as anyone here looks.
 * @param expanded with its payment, and what was taken, as objects instead of ids.
 */
export function sessionJson(session: Session, publicUrl: string, expanded = false) {
  const { id, created, expiresAt, total, currency, status, paymentIntent } = session;
  return {
    id,
    object: "checkout.session",
    adaptive_pricing: { enabled: false },
    amount_subtotal: total,
    amount_total: total,
    cancel_url: session.cancelUrl,
    client_reference_id: session.clientReferenceId,
    created,
    currency,
    expires_at: expiresAt,
    livemode: false,
    metadata: session.metadata,
    mode: "payment",
    payment_intent: paymentIntent && expanded ? paymentJson(session, paymentIntent) : paymentIntent,
    payment_status: paymentIntent ? "paid" : "unpaid",
    status,
    success_url: session.successUrl,
    url: status === "open" ? pageOf(id, publicUrl) : null,
  };
}

/** Where the session can be paid. */
function pageOf(id: string, publicUrl: string): string {
  return `${publicUrl.replace(/\/+$/, "")}/pay/${id}`;
}

function paymentJson({ total, currency, created, refunded }: Session, id: string) {
  const money = { amount: total, currency, created, livemode: false };
  const charge = { object: "charge", ...money, amount_refunded: refunded, refunded: refunded === total };
  return {
    id,
    object: "payment_intent",
    ...money,
    status: "succeeded",
    latest_charge: { id: id.replace("pi_", "ch_"), payment_intent: id, ...charge },
  };
}
