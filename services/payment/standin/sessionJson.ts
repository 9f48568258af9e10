import type { Session } from "./sessions.ts";

/** The session as Stripe shows it, as far as anyone here looks. */
export function sessionJson(session: Session, publicUrl: string) {
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
    payment_intent: paymentIntent,
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
