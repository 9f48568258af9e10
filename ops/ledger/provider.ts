import type Stripe from "stripe";
import { stripeClient } from "../../services/payment/adapters/stripeClient.ts";
import { markedOrder } from "../../services/payment/marks.ts";
import type { Checkout, Refund } from "./books.ts";

/** Where the payment provider is: Stripe, or at `apiUrl` what speaks as it does. */
export type Provider = { readonly secretKey: string; readonly apiUrl?: string | undefined };

/** Refunds in these states gave nothing back. */
const failed: readonly (string | null)[] = ["failed", "canceled"];

/** Disputes of these states took no money, or gave it back again. */
const harmless = /^(won|prevented|warning_.*)$/;

/** Reads every checkout session that is of an order, every refund and every dispute, page by page. */
export function readProvider(provider: Provider) {
  const stripe = stripeClient(provider);
  return {
    async checkouts(): Promise<Checkout[]> {
      const found: Checkout[] = [];
      for await (const session of stripe.checkout.sessions.list({ limit: 100 })) found.push(...toCheckout(session));
      return found;
    },
    async refunds(): Promise<Refund[]> {
      const found: Refund[] = [];
      for await (const { id, amount, status, payment_intent } of stripe.refunds.list({ limit: 100 }))
        if (!failed.includes(status))
          found.push({ id, amount, paymentId: idOf(payment_intent) ?? "", state: stateOf(status === "succeeded") });
      for await (const { id, amount, status, payment_intent } of stripe.disputes.list({ limit: 100 }))
        if (!harmless.test(status))
          found.push({ id, amount, paymentId: idOf(payment_intent) ?? "", state: stateOf(status === "lost") });
      return found;
    },
  };
}

function stateOf(isOver: boolean): Refund["state"] {
  return isOver ? "succeeded" : "refunding";
}

/**
 * None for a session that names nothing. What others call their things may be in the same fields as what the version
 * before wrote; our own marks are ours.
 */
function toCheckout(session: Stripe.Checkout.Session): Checkout[] {
  const marked = markedOrder(session.metadata);
  const orderId = marked?.orderId ?? session.client_reference_id;
  if (!orderId) return [];
  const checkout: Checkout = {
    id: session.id,
    orderId,
    open: session.status === "open",
    paid: session.payment_status === "paid",
    total: { amount: session.amount_total ?? 0, currency: session.currency ?? "" },
    paymentId: idOf(session.payment_intent),
    ...(!marked?.certain && { perhapsOthers: true }),
  };
  return [checkout];
}

function idOf(thing: string | { id: string } | null): string | undefined {
  return typeof thing === "string" ? thing : thing?.id;
}
