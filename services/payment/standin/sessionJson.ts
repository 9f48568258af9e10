import type { PaymentIntent, Session } from "./sessions.ts";

/**
 * The session as Stripe shows it, as far as anyone here looks.
 * @param expanded with its payment, and what was taken, as objects instead of ids.
 */
export function sessionJson(session: Session, publicUrl: string, expanded = false) {
  const { id, created, expiresAt, total, currency, status, payment } = session;
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
    payment_intent: payment && (expanded ? paymentJson(session, payment) : payment.id),
    payment_status: payment?.status === "succeeded" ? "paid" : "unpaid",
    status,
    success_url: session.successUrl,
    url: status === "open" ? pageOf(id, publicUrl) : null,
  };
}

/** Where the session can be paid. */
function pageOf(id: string, publicUrl: string): string {
  return `${publicUrl.replace(/\/+$/, "")}/pay/${id}`;
}

function paymentJson({ total, currency, created, refunded }: Session, { id, status }: PaymentIntent) {
  const money = { amount: total, currency, created, livemode: false };
  const charge = { id: id.replace("pi_", "ch_"), object: "charge", ...money, payment_intent: id };
  const taken = { ...charge, status, amount_refunded: refunded, refunded: refunded === total };
  return { id, object: "payment_intent", ...money, status, latest_charge: status === "succeeded" ? taken : null };
}
