import type { Session } from "./sessions.ts";

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
    invoice: session.invoice && payment?.status === "succeeded" ? payment.id.replace("pi_", "in_") : null,
    invoice_creation: { enabled: session.invoice },
    locale: session.locale,
    livemode: false,
    metadata: session.metadata,
    mode: "payment",
    payment_intent: payment && (expanded ? paymentJson(session) : payment.id),
    payment_method_types: typesOf(session),
    payment_status: paymentStatusOf(session),
    status,
    success_url: session.successUrl,
    url: status === "open" ? pageOf(id, publicUrl) : null,
  };
}

/** What Stripe calls the means that the page offers. */
const means: Record<Session["means"], string> = { fast: "card", slow: "sepa_debit", voucher: "boleto" };

/**
 * What a session could be paid with. A shop that takes cards alone is the usual one here; where something else was
 * chosen it was one of several, and Stripe's list does not say which.
 */
function typesOf({ means: chosen }: Session): string[] {
  return [...new Set([means.fast, means[chosen]])];
}

/** Where the session can be paid. */
function pageOf(id: string, publicUrl: string): string {
  return `${publicUrl.replace(/\/+$/, "")}/pay/${id}`;
}

function paymentStatusOf({ status, total, payment }: Session) {
  if (total === 0 && status === "complete") return "no_payment_required";
  return payment?.status === "succeeded" ? "paid" : "unpaid";
}

/** The payment of a session as Stripe shows it, with what was taken. */
export function paymentJson(session: Session) {
  const { total, currency, created, payment, paymentMetadata } = session;
  const money = { amount: total, currency, created, livemode: false };
  const { id = "", status = "canceled" } = payment ?? {};
  const latest_charge = status === "succeeded" ? chargeJson(session, id) : null;
  return { id, object: "payment_intent", ...money, metadata: paymentMetadata, status, latest_charge };
}

/** What was taken, as Stripe shows it: what it says of refunds counts those that have no end yet. */
export function chargeJson(session: Session, paymentId: string) {
  const { total, currency, created, refunded, paymentMetadata, disputed } = session;
  const money = { amount: total, currency, created, livemode: false };
  const charge = { id: paymentId.replace("pi_", "ch_"), object: "charge", ...money, payment_intent: paymentId };
  const back = { amount_refunded: refunded, refunded: refunded === total, disputed };
  const payment_method_details = { type: means[session.means] };
  return { ...charge, metadata: paymentMetadata, status: "succeeded", payment_method_details, ...back };
}
