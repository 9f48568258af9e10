import type Stripe from "stripe";
import type { OrderedItem } from "../app/ports.ts";

type LineItem = NonNullable<Stripe.Checkout.SessionCreateParams["line_items"]>[number];

/**
 * One line of a checkout session. Where the catalogue's prices come from Stripe, a line names Stripe's price, so that
 * Stripe's product, tax and reports fit; a price there never changes its amount. Everywhere else the line carries the
 * amount that the customer was promised.
 */
export function lineItem(item: OrderedItem, pricesFromStripe: boolean): LineItem {
  const { name, quantity, unitPrice, stripePriceId } = item;
  if (pricesFromStripe && stripePriceId) return { price: stripePriceId, quantity };
  const { amount: unit_amount, currency } = unitPrice;
  return { quantity, price_data: { currency, unit_amount, product_data: { name } } };
}
