import Stripe from "stripe";
import type { Logger } from "#common/logging";
import type { Checkout, OrderToPay } from "../app/ports.ts";
import type { CheckoutSession } from "../domain/payment.ts";
import { sessionParams } from "./sessionParams.ts";
import { callStripe } from "./stripeClient.ts";

/** How checkout sessions are made. */
export type CheckoutOptions = {
  stripe: Stripe;
  /** Where the customer's browser finds the page, and comes back to. */
  publicUrl: string;
  /** Whether the catalogue's prices are Stripe's own: then a line names Stripe's price. */
  pricesFromStripe: boolean;
  logger: Logger;
};

/**
 * Stripe Checkout. What is charged is what the customer was promised: where Stripe's own prices do not add up to that
 * (one was replaced or archived since), the session is made with the promised amounts instead.
 */
export function stripeCheckout({ stripe, publicUrl, pricesFromStripe, logger }: CheckoutOptions): Checkout {
  const create = (order: OrderToPay, idempotencyKey: string, stripesPrices: boolean) =>
    callStripe("open a checkout session", () =>
      stripe.checkout.sessions.create(sessionParams(order, publicUrl, stripesPrices), { idempotencyKey }),
    );

  /** Undefined when Stripe's prices are not the promised ones; a session that was made then is shown to nobody. */
  async function withStripesPrices(order: OrderToPay): Promise<CheckoutSession | undefined> {
    try {
      const session = await create(order, `checkout-${order.orderId}`, true);
      if (asksForTotal(session, order)) return linked(session);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    }
    logger.warn("Stripe's prices are not the order's", { orderId: order.orderId });
    return undefined;
  }

  async function withPromisedPrices(order: OrderToPay): Promise<CheckoutSession> {
    const key = pricesFromStripe ? `checkout-${order.orderId}-promised` : `checkout-${order.orderId}`;
    const session = await create(order, key, false);
    if (asksForTotal(session, order)) return linked(session);
    throw new Error(`checkout session ${session.id} does not ask for the total of order ${order.orderId}`);
  }

  return {
    async open(order) {
      const session = pricesFromStripe ? await withStripesPrices(order) : undefined;
      return session ?? withPromisedPrices(order);
    },
  };
}

function asksForTotal({ amount_total, currency }: Stripe.Checkout.Session, { total }: OrderToPay): boolean {
  return amount_total === null || (amount_total === total.amount && currency === total.currency.toLowerCase());
}

function linked({ id, url }: Stripe.Checkout.Session): CheckoutSession {
  if (!url) throw new Error(`checkout session ${id} has no page`);
  return { id, url };
}
