import { chargeLimits } from "#common/chargeLimits";
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
  /** Of the payment, and of what is taken by it. */
  paymentMetadata: Readonly<Record<string, string>>;
  successUrl: string;
  cancelUrl: string | null;
  /** Seconds since the epoch; 24 hours from now unless given. */
  expiresAt?: number | undefined;
  /** The page's language; "auto" or null: the browser's. */
  locale: string | null;
  /** Whether an invoice is made when it is paid. */
  invoice: boolean;
};

/** The payment that a session led to, in Stripe's words: under way (a voucher's waits for its customer), there, or over. */
export type PaymentIntent = { readonly id: string; status: IntentStatus };

type IntentStatus = "processing" | "requires_action" | "succeeded" | "requires_payment_method" | "canceled";

/** How a customer pays: at once, by a bank that takes its time, or with a voucher that is paid at a till some day. */
export type Means = "fast" | "slow" | "voucher";

const begins: Record<Means, IntentStatus> = { fast: "succeeded", slow: "processing", voucher: "requires_action" };

export type Session = SessionWish & {
  readonly id: string;
  readonly created: number;
  readonly expiresAt: number;
  readonly total: number;
  status: "open" | "complete" | "expired";
  payment: PaymentIntent | null;
  /** What the customer chose to pay with. */
  means: Means;
  /** What was given back of it, or is about to be. */
  refunded: number;
  disputed: boolean;
};

/** What a webhook message says happened to a session, after `checkout.session.`. */
export type SessionEvent = "completed" | "expired" | "async_payment_succeeded" | "async_payment_failed";

/** The sessions, kept as long as the process lives. */
export type Sessions = ReturnType<typeof createSessions>;

/** An empty set of sessions. @param now milliseconds since the epoch. @param tell is called with every event of a session. */
export function createSessions(now: () => number, tell: (event: SessionEvent, session: Session) => void) {
  const sessions = new Map<string, Session>();
  const open = new Set<Session>();
  const paid = new Map<string, Session>();
  const seconds = () => Math.floor(now() / 1000);

  function find(id: string): Session {
    const session = sessions.get(id);
    if (!session) throw missing("checkout.session", id);
    if (session.status === "open" && session.expiresAt <= seconds()) end(session, "expired");
    return session;
  }

  function end(session: Session, event: "completed" | "expired", payment: PaymentIntent | null = null): void {
    open.delete(session);
    session.status = event === "completed" ? "complete" : event;
    session.payment = payment;
    if (payment) paid.set(payment.id, session);
    tell(event, session);
  }

  /** The session whose payment has an id. @throws when there is none. */
  function ofPayment(paymentIntent: string): Session {
    const session = paid.get(paymentIntent);
    if (!session) throw missing("payment_intent", paymentIntent);
    return session;
  }

  return {
    find,

    open(wish: SessionWish): Session {
      const total = wish.lines.reduce((sum, { quantity, unitAmount }) => sum + quantity * unitAmount, 0);
      checkTotal(total, wish.currency);
      const { expiresAt = seconds() + 24 * 60 * 60 } = wish;
      const made = { id: newId("cs_test"), created: seconds(), expiresAt, total };
      const session: Session = {
        ...wish,
        ...made,
        status: "open",
        payment: null,
        refunded: 0,
        disputed: false,
        means: "fast",
      };
      sessions.set(session.id, session);
      open.add(session);
      return session;
    },

    /**
     * Takes the money at once or, by a slow means, starts to. Of nothing, nothing is taken.
     * @returns false when the session is not open: it is paid once, or never.
     */
    pay(id: string, means: Means = "fast"): boolean {
      const session = find(id);
      if (session.status !== "open") return false;
      session.means = means;
      end(session, "completed", session.total === 0 ? null : { id: newId("pi"), status: begins[means] });
      return true;
    },

    /** Ends a slow payment. @returns false when there is none under way. */
    finish(id: string, succeeded: boolean): boolean {
      const session = find(id);
      if (!session.payment || !isUnderWay(session.payment)) return false;
      session.payment.status = succeeded ? "succeeded" : "requires_payment_method";
      tell(succeeded ? "async_payment_succeeded" : "async_payment_failed", session);
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
      end(session, "expired");
      return session;
    },

    /** Expires the sessions whose time is over. */
    lapse(): void {
      for (const { id } of open) find(id);
    },

    /** Newest first. */
    list: (): Session[] => [...sessions.values()].reverse(),

    /** Ends the payment of a voucher that nobody has paid yet. @throws when it is not of that kind, or paid by now. */
    cancelPayment(paymentIntent: string): Session {
      const session = ofPayment(paymentIntent);
      const { payment } = session;
      if (payment?.status !== "requires_action" && payment?.status !== "requires_payment_method") {
        const message = `You cannot cancel this PaymentIntent because it has a status of ${payment?.status}.`;
        throw new StripeRefusal(400, message, { code: "payment_intent_unexpected_state" });
      }
      payment.status = "canceled";
      return session;
    },

    ofPayment,
  };
}

function isUnderWay({ status }: PaymentIntent): boolean {
  return status === "processing" || status === "requires_action";
}

/** Stripe's limits, each currency's own. Nothing to pay is something else, and allowed. */
function checkTotal(total: number, currency: string): void {
  const details = { param: "line_items" };
  const { smallest, largest, step } = chargeLimits(currency);
  if (total > largest) {
    const message = `The Checkout Session's total amount must be no more than ${largest} in ${currency}'s minor units.`;
    throw new StripeRefusal(400, message, { ...details, code: "amount_too_large" });
  }
  if (total > 0 && total < smallest) {
    const message = "The Checkout Session's total amount must convert to at least 50 cents.";
    throw new StripeRefusal(400, message, { ...details, code: "amount_too_small" });
  }
  demandStep(total, step, details.param);
}

/** Amounts that are finer than banks count are refused. */
export function demandStep(amount: number, step: number, param: string): void {
  if (amount % step === 0) return;
  throw new StripeRefusal(400, `Invalid amount: it must be divisible by ${step} in this currency.`, { param });
}
