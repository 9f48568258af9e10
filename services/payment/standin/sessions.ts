import { newId } from "./ids.ts";
import { missing, StripeRefusal } from "./stripeError.ts";

/** One line on the payment page; the amount is of one unit, in minor units. */
export type Line = { name: string; quantity: number; unitAmount: number };

/** What a session is opened with. */
export type SessionWish = {
  lines: readonly Line[];
  currency: string;
  clientReferenceId: string | null;
  metadata: Readonly<Record<string, string>>;
  successUrl: string;
  cancelUrl: string | null;
  /** Seconds since the epoch; 24 hours from now unless given. */
  expiresAt?: number | undefined;
};

/** A checkout session. */
export type Session = SessionWish & {
  readonly id: string;
  readonly created: number;
  readonly expiresAt: number;
  readonly total: number;
  status: "open" | "complete" | "expired";
  /** The id of the payment; null as long as nothing was paid. */
  paymentIntent: string | null;
  refunded: number;
};

/** The sessions, kept as long as the process lives. */
export type Sessions = ReturnType<typeof createSessions>;

/** An empty set of sessions. @param now milliseconds since the epoch. */
export function createSessions(now: () => number) {
  const sessions = new Map<string, Session>();
  const paid = new Map<string, Session>();
  const seconds = () => Math.floor(now() / 1000);

  function find(id: string): Session {
    const session = sessions.get(id);
    if (!session) throw missing("checkout.session", id);
    if (session.status === "open" && session.expiresAt <= seconds()) session.status = "expired";
    return session;
  }

  return {
    find,

    open(wish: SessionWish): Session {
      const total = wish.lines.reduce((sum, { quantity, unitAmount }) => sum + quantity * unitAmount, 0);
      const { expiresAt = seconds() + 24 * 60 * 60 } = wish;
      const made = { id: newId("cs_test"), created: seconds(), expiresAt, total };
      const session: Session = { ...wish, ...made, status: "open", paymentIntent: null, refunded: 0 };
      sessions.set(session.id, session);
      return session;
    },

    /** Takes the money. @returns false when the session is not open: it is paid once, or never. */
    pay(id: string): boolean {
      const session = find(id);
      if (session.status !== "open") return false;
      session.status = "complete";
      session.paymentIntent = newId("pi");
      paid.set(session.paymentIntent, session);
      return true;
    },

    expire(id: string): Session {
      const session = find(id);
      if (session.status !== "open") {
        throw new StripeRefusal(
          400,
          `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
        );
      }
      session.status = "expired";
      return session;
    },

    /** Gives money back: all that is left of it unless an amount is named. @returns the amount. */
    refund(paymentIntent: string, amount?: number): number {
      const session = paid.get(paymentIntent);
      if (!session) throw missing("payment_intent", paymentIntent);
      const left = session.total - session.refunded;
      if (left === 0) {
        throw new StripeRefusal(400, "The payment has already been refunded.", { code: "charge_already_refunded" });
      }
      const back = amount ?? left;
      if (back > left) throw new StripeRefusal(400, "Refund amount is greater than what is left.", { param: "amount" });
      session.refunded += back;
      return back;
    },
  };
}
