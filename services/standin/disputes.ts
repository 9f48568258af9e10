import { newId } from "./ids.ts";
import type { Sessions } from "./sessions.ts";
import { missing, StripeRefusal } from "./stripeError.ts";

/** How disputes stand at Stripe, as far as it is played here: the last two are ends. */
export const disputeStatuses = ["warning_needs_response", "needs_response", "under_review", "won", "lost"] as const;

export type DisputeStatus = (typeof disputeStatuses)[number];

/** What a customer's bank claims back: all of the payment unless an amount is named. */
export type DisputeWish = {
  payment_intent: string;
  amount?: number | undefined;
  reason: string;
  status: DisputeStatus;
};

type Dispute = ReturnType<typeof disputeJson>;

/** The disputes, kept as long as the process lives, as Stripe shows them. */
export type Disputes = ReturnType<typeof createDisputes>;

/**
 * An empty set of disputes.
 * @param now milliseconds since the epoch. @param tell is called with each webhook message that Stripe would send.
 */
export function createDisputes(sessions: Sessions, now: () => number, tell: (type: string, object: object) => void) {
  const disputes = new Map<string, Dispute>();

  return {
    create(wish: DisputeWish): Dispute {
      const session = sessions.ofPayment(wish.payment_intent);
      if (session.payment?.status !== "succeeded") throw new StripeRefusal(400, "There is no charge to dispute.");
      const dispute = disputeJson(wish, wish.amount ?? session.total, session.currency, Math.floor(now() / 1000));
      disputes.set(dispute.id, dispute);
      session.disputed = true;
      tell("charge.dispute.created", dispute);
      return dispute;
    },

    /** What became of a dispute. @throws when it was decided before: but one that was lost may be won in the end. */
    end(id: string, status: DisputeStatus): Dispute {
      const dispute = disputes.get(id);
      if (!dispute) throw missing("dispute", id);
      if (isOver(dispute.status) && !(dispute.status === "lost" && status === "won"))
        throw new StripeRefusal(400, "This dispute is already closed.");
      dispute.status = status;
      if (status === "won") sessions.ofPayment(dispute.payment_intent).disputed = false;
      tell(isOver(status) ? "charge.dispute.closed" : "charge.dispute.updated", dispute);
      return dispute;
    },

    /** Newest first. */
    list: () => [...disputes.values()].reverse(),
  };
}

function isOver(status: DisputeStatus): boolean {
  return status === "won" || status === "lost";
}

function disputeJson(wish: DisputeWish, amount: number, currency: string, created: number) {
  const { payment_intent, reason, status } = wish;
  const charge = payment_intent.replace("pi_", "ch_");
  const fixed = { id: newId("du"), object: "dispute", amount, charge, created, currency, livemode: false };
  return { ...fixed, metadata: {}, payment_intent, reason, status };
}
