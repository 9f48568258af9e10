import type Stripe from "stripe";
import type { OrderedItem, OrderToPay } from "../app/services.ts";
import { marksOf } from "../marks.ts";
import { localeFor } from "./locale.ts";

type Params = Stripe.Checkout.SessionCreateParams;
type LineItem = NonNullable<Params["line_items"]>[number];

/** What the shop wants of every session. */
export type SessionSettings = {
  /** Where the customer's browser finds the page, and comes back to. */
  publicUrl: string;
  /** Whether the provider makes an invoice of what was paid, and sends it to the customer. */
  invoices?: boolean;
};

/**
 * How long after the order's own end its session ends at the latest, in minutes: Stripe wants a session to last for 30
 * from when it is made, and clocks differ. Who looks after orders ends theirs in time.
 */
const graceMinutes = 31;

/**
 * The request for an order's session. Everything in it is the same whenever the order is the same, since Stripe refuses
 * an idempotency key that comes back with other parameters; so nothing here depends on the time of asking.
 * @param shop what the settings say of all sessions.
 * @param stripesPrices name Stripe's price where an item has one, so that Stripe's product, tax and reports fit.
 */
export function sessionParams(order: OrderToPay, shop: SessionSettings, stripesPrices: boolean): Params {
  const { orderId, customerId, items, expiresAt, language } = order;
  const { publicUrl, invoices } = shop;
  const page = new URL(`/orders/${encodeURIComponent(orderId)}`, publicUrl).href;
  return {
    mode: "payment",
    client_reference_id: orderId,
    metadata: { ...marksOf(orderId), customerId },
    payment_intent_data: { metadata: marksOf(orderId) },
    line_items: items.map((item) => lineItem(item, stripesPrices)),
    // The amount that is confirmed is compared with the order's: it must stay in the order's currency.
    adaptive_pricing: { enabled: false },
    ...(language && { locale: localeFor(language) }),
    ...(invoices && { invoice_creation: { enabled: true } }),
    ...(expiresAt && { expires_at: Math.floor(expiresAt.getTime() / 1000) + graceMinutes * 60 }),
    success_url: `${page}?payment=done`,
    cancel_url: `${page}?payment=cancelled`,
  };
}

function lineItem({ name, quantity, unitPrice, stripePriceId }: OrderedItem, stripesPrices: boolean): LineItem {
  if (stripesPrices && stripePriceId) return { price: stripePriceId, quantity };
  const { amount: unit_amount, currency } = unitPrice;
  return { quantity, price_data: { currency, unit_amount, product_data: { name } } };
}
