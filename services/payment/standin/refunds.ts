import { newId } from "./ids.ts";
import type { Sessions } from "./sessions.ts";
import { StripeRefusal } from "./stripeError.ts";

/** What is asked for: all that is left of the payment unless an amount is named. */
export type RefundWish = {
  payment_intent: string;
  amount?: number | undefined;
  reason?: string | undefined;
  metadata: Readonly<Record<string, string>>;
};

/** The refunds, kept as long as the process lives, as Stripe shows them. */
export type Refunds = ReturnType<typeof createRefunds>;

/** An empty set of refunds. @param now milliseconds since the epoch. */
export function createRefunds(sessions: Sessions, now: () => number) {
  const refunds: ReturnType<typeof refundJson>[] = [];

  return {
    create(wish: RefundWish) {
      const session = sessions.ofPayment(wish.payment_intent);
      const left = session.payment?.status === "succeeded" ? session.total - session.refunded : undefined;
      if (left === undefined) throw new StripeRefusal(400, "This payment has no successful charge to refund.");
      if (left === 0) {
        throw new StripeRefusal(400, "The payment has already been refunded.", { code: "charge_already_refunded" });
      }
      const amount = wish.amount ?? left;
      if (amount > left)
        throw new StripeRefusal(400, "Refund amount is greater than what is left.", { param: "amount" });
      session.refunded += amount;
      const refund = refundJson(wish, amount, session.currency, Math.floor(now() / 1000));
      refunds.push(refund);
      return refund;
    },

    /** Newest first. */
    list: () => refunds.toReversed(),
  };
}

function refundJson(wish: RefundWish, amount: number, currency: string, created: number) {
  const { payment_intent, reason = null, metadata } = wish;
  const status = "succeeded";
  return { id: newId("re"), object: "refund", amount, created, currency, metadata, payment_intent, reason, status };
}
