import type Stripe from "stripe";
import type { Checkout, OrderToPay } from "../app/ports.ts";
import { lineItem } from "./lineItem.ts";
import { callStripe } from "./stripeClient.ts";

/** How checkout sessions are made. */
export type CheckoutOptions = {
  stripe: Stripe;
  /** Where the customer's browser finds the page, and comes back to. */
  publicUrl: string;
  /** Whether the catalogue's prices are Stripe's own: then a line names Stripe's price. */
  pricesFromStripe: boolean;
};

/**
 * Stripe Checkout. Everything in a request is the same whenever the order is the same, since Stripe refuses an
 * idempotency key that comes back with other parameters; so nothing here depends on the time.
 */
export function stripeCheckout({ stripe, publicUrl, pricesFromStripe }: CheckoutOptions): Checkout {
  return {
    async open(order) {
      const { orderId, customerId, items } = order;
      const page = new URL(`/orders/${encodeURIComponent(orderId)}`, publicUrl).href;
      const session = await callStripe("open a checkout session", () =>
        stripe.checkout.sessions.create(
          {
            mode: "payment",
            client_reference_id: orderId,
            metadata: { orderId, customerId },
            payment_intent_data: { metadata: { orderId } },
            line_items: items.map((item) => lineItem(item, pricesFromStripe)),
            // The amount that is confirmed is compared with the order's: it must stay in the order's currency.
            adaptive_pricing: { enabled: false },
            success_url: `${page}?payment=done`,
            cancel_url: `${page}?payment=cancelled`,
          },
          { idempotencyKey: `checkout-${orderId}` },
        ),
      );
      if (!session.url) throw new Error(`checkout session ${session.id} has no page`);
      requireTotal(order, session);
      return { id: session.id, url: session.url };
    },
  };
}

/** A link that asks for another amount than the order's is never given to a customer. */
function requireTotal({ orderId, total }: OrderToPay, { id, amount_total, currency }: Stripe.Checkout.Session): void {
  if (amount_total === null || (amount_total === total.amount && currency === total.currency)) return;
  throw new Error(`checkout session ${id} asks for ${amount_total} ${currency}, which is not order ${orderId}'s total`);
}
