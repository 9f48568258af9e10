import { chargeLimits } from "#common/chargeLimits";
import { newId } from "./ids.ts";
import { chargeJson } from "./sessionJson.ts";
import { demandStep, type Sessions } from "./sessions.ts";
import { missing, StripeRefusal } from "./stripeError.ts";

/** What is asked for: all that is left of the payment unless an amount is named. */
export type RefundWish = {
  payment_intent: string;
  amount?: number | undefined;
  reason?: string | undefined;
  metadata: Readonly<Record<string, string>>;
};

/** How refunds stand at Stripe: the first two have no end yet, and even one that succeeded may fail later. */
export const refundStatuses = ["pending", "requires_action", "succeeded", "failed", "canceled"] as const;

export type RefundStatus = (typeof refundStatuses)[number];

type Refund = ReturnType<typeof refundJson>;

/** The refunds, kept as long as the process lives, as Stripe shows them. */
export type Refunds = ReturnType<typeof createRefunds>;

/**
 * An empty set of refunds.
 * @param now milliseconds since the epoch. @param tell is called with each webhook message that Stripe would send.
 */
export function createRefunds(sessions: Sessions, now: () => number, tell: (type: string, object: object) => void) {
  const refunds = new Map<string, Refund>();
  let first: RefundStatus = "succeeded";

  function find(id: string): Refund {
    const refund = refunds.get(id);
    if (!refund) throw missing("refund", id);
    return refund;
  }

  /** Brings a refund to where it stands from now on: the money of one that failed is with the shop again. */
  function move(refund: Refund, status: RefundStatus): void {
    const isOver = status === "failed" || status === "canceled";
    const session = sessions.ofPayment(refund.payment_intent);
    if (isOver) session.refunded -= refund.amount;
    refund.status = status;
    if (status === "failed") refund.failure_reason = "lost_or_stolen_card";
  }

  return {
    create(wish: RefundWish): Refund {
      const session = sessions.ofPayment(wish.payment_intent);
      const left = session.payment?.status === "succeeded" ? session.total - session.refunded : undefined;
      if (left === undefined) throw new StripeRefusal(400, "This payment has no successful charge to refund.");
      if (session.disputed) {
        const message = "This charge has been charged back, and cannot be refunded.";
        throw new StripeRefusal(400, message, { code: "charge_disputed" });
      }
      if (left === 0) {
        throw new StripeRefusal(400, "The payment has already been refunded.", { code: "charge_already_refunded" });
      }
      const amount = wish.amount ?? left;
      if (amount > left)
        throw new StripeRefusal(400, "Refund amount is greater than what is left.", { param: "amount" });
      demandStep(amount, chargeLimits(session.currency).step, "amount");
      session.refunded += amount;
      const refund = refundJson(wish, amount, session.currency, Math.floor(now() / 1000));
      refunds.set(refund.id, refund);
      move(refund, first);
      tell("refund.created", refund);
      tell("charge.refunded", chargeJson(session, wish.payment_intent));
      if (refund.status === "failed") tell("refund.failed", refund);
      return refund;
    },

    /** From now on new refunds begin like this. */
    begin(status: RefundStatus): void {
      first = status;
    },

    /** What the bank makes of a refund. @throws when it has failed before: that is the end of it. */
    end(id: string, status: RefundStatus): Refund {
      const refund = find(id);
      if (refund.status === "failed" || refund.status === "canceled") {
        throw new StripeRefusal(400, `This refund has ${refund.status}.`);
      }
      move(refund, status);
      tell("refund.updated", refund);
      if (status === "failed") tell("refund.failed", refund);
      return refund;
    },

    find,

    /** Newest first. */
    list: () => [...refunds.values()].reverse(),
  };
}

function refundJson(wish: RefundWish, amount: number, currency: string, created: number) {
  const { payment_intent, reason = null, metadata } = wish;
  const charge = payment_intent.replace("pi_", "ch_");
  const first: { status: RefundStatus; failure_reason?: string } = { status: "pending" };
  const fixed = { id: newId("re"), object: "refund", amount, charge, created, currency };
  return { ...fixed, metadata, payment_intent, reason, ...first };
}
