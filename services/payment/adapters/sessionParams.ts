import type Stripe from "stripe";
import type { OrderedItem, OrderToPay } from "../app/ports.ts";
import { marksOf } from "../marks.ts";

type Params = Stripe.Checkout.SessionCreateParams;
type LineItem = NonNullable<Params["line_items"]>[number];

/**
 * How long after the order's own end its session ends at the latest, in minutes: Stripe wants a session to last for 30
 * from when it is made, and clocks differ. Who looks after orders ends theirs in time.
 */
const graceMinutes = 31;

/**
 * The request for an order's session. Everything in it is the same whenever the order is the same, since Stripe refuses
 * an idempotency key that comes back with other parameters; so nothing here depends on the time of asking.
 * @param stripesPrices name Stripe's price where an item has one, so that Stripe's product, tax and reports fit.
 */
export function sessionParams(order: OrderToPay, publicUrl: string, stripesPrices: boolean): Params {
  const { orderId, customerId, items, expiresAt } = order;
  const page = new URL(`/orders/${encodeURIComponent(orderId)}`, publicUrl).href;
  return {
    mode: "payment",
    client_reference_id: orderId,
    metadata: { ...marksOf(orderId), customerId },
    payment_intent_data: { metadata: marksOf(orderId) },
    line_items: items.map((item) => lineItem(item, stripesPrices)),
    // The amount that is confirmed is compared with the order's: it must stay in the order's currency.
    adaptive_pricing: { enabled: false },
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
