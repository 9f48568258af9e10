import Stripe from "stripe";
import { AppError } from "#common/errors";
import type { Logger } from "#common/logging";
import type { Checkout, FoundSession, OrderToPay } from "../app/services.ts";
import type { CheckoutSession } from "../domain/payment.ts";
import { markedOrder } from "../marks.ts";
import { attempt } from "./attempts.ts";
import { type SessionSettings, sessionParams } from "./sessionParams.ts";
import { expand, foundSession, paymentOf, waitingPayment } from "./sessionState.ts";
import { callStripe } from "./stripeClient.ts";
import { stripeRefunds } from "./stripeRefunds.ts";

/** How far our clock and Stripe's may be apart. */
const clocksDifferSeconds = 300;

/** How far a session is looked for whose making was answered with an error, in pages of 100. */
const mostPages = 10;

const nothingBack = { refunds: [], disputes: [] };

/** How checkout sessions are made. */
export type CheckoutOptions = SessionSettings & {
  stripe: Stripe;
  /** Whether the catalogue's prices are Stripe's own: then a line names Stripe's price. */
  pricesFromStripe: boolean;
  logger: Logger;
};

/**
 * Stripe Checkout. What is charged is what the customer was promised: where Stripe's own prices do not add up to that
 * (one was replaced or archived since), the session is made with the promised amounts instead.
 */
export function stripeCheckout({ stripe, pricesFromStripe, logger, ...shop }: CheckoutOptions): Checkout {
  const refunds = stripeRefunds(stripe);
  const create = (order: OrderToPay, key: string, stripesPrices: boolean) =>
    attempt(
      key,
      (idempotencyKey) =>
        callStripe("open a checkout session", () =>
          stripe.checkout.sessions.create(sessionParams(order, shop, stripesPrices), { idempotencyKey }),
        ),
      () => findOpened(order),
    );

  /** A session that was made for the order although the answer was an error; one that is not found is paid by nobody. */
  async function findOpened({ orderId, placedAt }: OrderToPay): Promise<Stripe.Checkout.Session | undefined> {
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
      try {
        const session = pricesFromStripe ? await withStripesPrices(order) : undefined;
        return session ?? (await withPromisedPrices(order));
      } catch (cause) {
        if (!(cause instanceof Stripe.errors.StripeInvalidRequestError)) throw cause;
        throw new AppError("invalid", `Stripe will not take this payment: ${cause.message}`, {}, { cause });
      }
    },

    find,

    async expire(sessionId) {
      try {
        await callStripe("expire a checkout session", () => stripe.checkout.sessions.expire(sessionId));
        return { status: "closed", reason: "expired" };
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
      }
      // Refused: it is not open any more, or there is none.
      await cancelWaiting(sessionId);
      const found = await find(sessionId);
      if (found?.state.status === "open") throw new AppError("unavailable", "Stripe did not expire an open session");
      return found?.state ?? { status: "closed", reason: "expired" };
    },
    ...refunds,
  };

  /** A voucher can be paid at a till for days after its session was completed, unless its payment is cancelled. */
  async function cancelWaiting(sessionId: string): Promise<void> {
    const session = await retrieve(sessionId);
    const paymentId = session && waitingPayment(session);
    if (!paymentId) return;
    try {
      await callStripe("cancel a payment", () => stripe.paymentIntents.cancel(paymentId));
    } catch (error) {
      // It was paid, or cancelled, meanwhile: the next look tells.
      if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    }
  }

  async function find(sessionId: string): Promise<FoundSession | undefined> {
    const session = await retrieve(sessionId);
    const paymentId = session && paymentOf(session);
    return session && foundSession(session, paymentId ? await refunds.givenBack(paymentId) : nothingBack);
  }

  async function retrieve(sessionId: string): Promise<Stripe.Checkout.Session | undefined> {
    try {
      return await callStripe("look at a checkout session", () =>
        stripe.checkout.sessions.retrieve(sessionId, { expand }),
      );
    } catch (error) {
      if (error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 404) return undefined;
      throw error;
    }
  }
}

function asksForTotal({ amount_total, currency }: Stripe.Checkout.Session, { total }: OrderToPay): boolean {
  return amount_total === null || (amount_total === total.amount && currency === total.currency.toLowerCase());
}

function linked({ id, url }: Stripe.Checkout.Session): CheckoutSession {
  if (!url) throw new Error(`checkout session ${id} has no page`);
  return { id, url };
}
