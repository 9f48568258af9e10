import Stripe from "stripe";
import { AppError } from "#common/errors";
import type { Logger } from "#common/logging";
import type { Checkout, OrderToPay } from "../app/services.ts";
import type { CheckoutSession } from "../domain/payment.ts";
import { markedOrder } from "../marks.ts";
import { attempt } from "./attempts.ts";
import { type SessionSettings, sessionParams } from "./sessionParams.ts";
import { callStripe } from "./stripeClient.ts";

/** How far our clock and Stripe's may be apart. */
const clocksDifferSeconds = 300;

/** How far a session is looked for whose making was answered with an error, in pages of 100. */
const mostPages = 10;

/** How checkout sessions are made. */
export type OpenOptions = SessionSettings & {
  stripe: Stripe;
  /** Whether the catalogue's prices are Stripe's own: then a line names Stripe's price. */
  pricesFromStripe: boolean;
  logger: Logger;
};

/**
 * The way to an order's one session. What is charged is what the customer was promised: where Stripe's own prices do not
 * add up to that (one was replaced or archived since), the session is made with the promised amounts instead.
 */
export function openSession({ stripe, pricesFromStripe, logger, ...shop }: OpenOptions): Checkout["open"] {
  function create(order: OrderToPay, key: string, stripesPrices: boolean): Promise<Stripe.Checkout.Session> {
    const make = (idempotencyKey: string) =>
      callStripe("open a checkout session", () =>
        stripe.checkout.sessions.create(sessionParams(order, shop, stripesPrices), { idempotencyKey }),
      );
    return attempt(key, make, () => findOpened(stripe, order));
  }

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

  return async (order) => {
    try {
      const session = pricesFromStripe ? await withStripesPrices(order) : undefined;
      return session ?? (await withPromisedPrices(order));
    } catch (cause) {
      if (!(cause instanceof Stripe.errors.StripeInvalidRequestError)) throw cause;
      throw new AppError("invalid", `Stripe will not take this payment: ${cause.message}`, {}, { cause });
    }
  };
}

/** A session that was made for the order although the answer was an error; one that is not found is paid by nobody. */
async function findOpened(
  stripe: Stripe,
  { orderId, placedAt }: OrderToPay,
): Promise<Stripe.Checkout.Session | undefined> {
  const gte = Math.floor(placedAt.getTime() / 1000) - clocksDifferSeconds;
  let starting_after: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const asked = {
      status: "open",
      created: { gte },
      limit: 100,
      ...(starting_after && { starting_after }),
    } as const;
    const { data, has_more } = await callStripe("look for a checkout session", () =>
      stripe.checkout.sessions.list(asked),
    );
    const found = data.find(({ metadata }) => markedOrder(metadata)?.orderId === orderId);
    if (found || !has_more) return found;
    starting_after = data.at(-1)?.id;
  }
  return undefined;
}

function asksForTotal({ amount_total, currency }: Stripe.Checkout.Session, { total }: OrderToPay): boolean {
  return amount_total === null || (amount_total === total.amount && currency === total.currency.toLowerCase());
}

function linked({ id, url }: Stripe.Checkout.Session): CheckoutSession {
  if (!url) throw new Error(`checkout session ${id} has no page`);
  return { id, url };
}
