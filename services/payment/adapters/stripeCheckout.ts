import Stripe from "stripe";
import { AppError } from "#common/errors";
import type { Checkout, FoundSession } from "../app/services.ts";
import { type OpenOptions, openSession } from "./openSession.ts";
import { expand, foundSession, paymentOf, waitingPayment } from "./sessionState.ts";
import { callStripe } from "./stripeClient.ts";
import { stripeRefunds } from "./stripeRefunds.ts";

const nothingBack = { refunds: [], disputes: [] };

/** Stripe Checkout. */
export function stripeCheckout(options: OpenOptions): Checkout {
  const { stripe } = options;
  const refunds = stripeRefunds(stripe);

  return {
    open: openSession(options),
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
