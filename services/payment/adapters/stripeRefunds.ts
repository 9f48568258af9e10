import Stripe from "stripe";
import { AppError } from "#common/errors";
import type { Checkout, RefundWish } from "../app/services.ts";
import type { Dispute, GivenBack, RefundNews, RefundState } from "../domain/moneyBack.ts";
import { markedOrder, marksOf, refundIdOf } from "../marks.ts";
import { isSpent } from "./attempts.ts";
import { meansOf } from "./sessionState.ts";
import { callStripe } from "./stripeClient.ts";

/** Everything at once: a payment has few refunds, and fewer disputes. */
const limit = 100;

/** The part of {@link Checkout} that is about money which was taken: what goes back of it, and whose it is. */
export function stripeRefunds(stripe: Stripe): Pick<Checkout, "refund" | "givenBack" | "orderOf" | "meansOf"> {
  async function givenBack(paymentId: string): Promise<GivenBack> {
    const asked = { payment_intent: paymentId, limit };
    const [refunds, disputes] = await Promise.all([
      callStripe("list the refunds of a payment", () => stripe.refunds.list(asked)),
      callStripe("list the disputes of a payment", () => stripe.disputes.list(asked)),
    ]);
    return { refunds: refunds.data.map(newsOf).reverse(), disputes: disputes.data.map(disputeOf).reverse() };
  }

  async function create({ orderId, paymentId, refund }: RefundWish): Promise<RefundNews> {
    const { id, amount } = refund;
    const params = { payment_intent: paymentId, amount, metadata: marksOf(orderId, id) };
    const idempotencyKey = keyOf(orderId, refund);
    return newsOf(await callStripe("refund a payment", () => stripe.refunds.create(params, { idempotencyKey })));
  }

  return {
    givenBack,

    async refund(wish) {
      try {
        return await create(wish);
      } catch (error) {
        if (isSpent(error)) {
          const { refunds } = await givenBack(wish.paymentId);
          return refunds.find(({ id }) => id === wish.refund.id) ?? "spent";
        }
        throw error instanceof Stripe.errors.StripeInvalidRequestError ? refusalOf(error) : error;
      }
    },

    async meansOf(paymentId) {
      const asked = { expand: ["latest_charge"] };
      return meansOf(
        await callStripe("look at a payment's means", () => stripe.paymentIntents.retrieve(paymentId, asked)),
      );
    },
    async orderOf(paymentId) {
      try {
        const { metadata } = await callStripe("look at a payment", () => stripe.paymentIntents.retrieve(paymentId));
        return markedOrder(metadata)?.orderId;
      } catch (error) {
        if (error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 404) return undefined;
        throw error;
      }
    },
  };
}

/** The first key of the refund of all there is has no name: the version before asks with the same. */
function keyOf(orderId: string, { id, attempt }: RefundWish["refund"]): string {
  const key = id === `refund-${orderId}` ? id : `refund-${orderId}-${id}`;
  return attempt === 1 ? key : `${key}-${attempt}`;
}

function refusalOf(cause: InstanceType<typeof Stripe.errors.StripeError>): AppError {
  return new AppError("invalid", cause.code ?? cause.message, {}, { cause });
}

function newsOf(refund: Stripe.Refund): RefundNews {
  const { id: providerId, amount, created, status, metadata, failure_reason } = refund;
  const at = new Date(created * 1000).toISOString();
  const failure = failure_reason ?? (status === "canceled" ? "canceled" : undefined);
  const id = refundIdOf(metadata) ?? providerId;
  return { id, providerId, amount, state: stateOf(status), at, ...(failure && { failure }) };
}

/** What is of no known status has no end yet. */
function stateOf(status: string | null): RefundState {
  if (status === "succeeded") return "succeeded";
  return status === "failed" || status === "canceled" ? "failed" : "refunding";
}

function disputeOf({ id, amount, reason, status, created }: Stripe.Dispute): Dispute {
  return { id, amount, reason, status, at: new Date(created * 1000).toISOString() };
}
