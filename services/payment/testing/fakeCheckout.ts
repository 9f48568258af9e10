import { AppError } from "#common/errors";
import type { Checkout, FoundSession, OrderToPay, RefundWish } from "../app/services.ts";
import type { Dispute, GivenBack, RefundNews, RefundState } from "../domain/moneyBack.ts";
import type { SessionState } from "../domain/payment.ts";

type Made = RefundNews & { paymentId: string };

/** The id of the payment that an order is paid with: `pi_1` for `order-1`. */
export const paymentIdOf = (orderId: string): string => `pi_${orderId.replace("order-", "")}`;

/** A provider that, as Stripe, gives one idempotency key the same session and the same refund again, after a while. */
export function fakeCheckout() {
  const found = new Map<string, FoundSession>();
  const refunds: Made[] = [];
  const disputes: (Dispute & { paymentId: string })[] = [];
  const keys = new Map<string, Made>();
  const payments = new Map<string, { orderId: string; amount: number }>();
  const back = (paymentId: string): GivenBack => {
    const of = <T extends { paymentId: string }>(all: readonly T[]) => all.filter((one) => one.paymentId === paymentId);
    return {
      refunds: of(refunds).map(({ paymentId: _, ...refund }) => refund),
      disputes: of(disputes).map(({ paymentId: _, ...dispute }) => dispute),
    };
  };
  const withBack = (state: SessionState): SessionState =>
    state.status === "paid" ? { ...state, back: back(state.confirmation.paymentId) } : state;
  const make = (paymentId: string, id: string | undefined, amount: number): Made => {
    const payment = payments.get(paymentId);
    if (!payment) throw new AppError("invalid", "resource_missing");
    const gone = refunds.filter((one) => one.paymentId === paymentId && one.state !== "failed");
    const left = payment.amount - gone.reduce((sum, one) => sum + one.amount, 0);
    if (disputes.some((one) => one.paymentId === paymentId && one.status !== "won"))
      throw new AppError("invalid", "charge_disputed");
    if (left === 0 && !fake.forgetsKeys) throw new AppError("invalid", "charge_already_refunded");
    if (amount > left && !fake.forgetsKeys)
      throw new AppError("invalid", "Refund amount is greater than what is left.");
    const providerId = `re_${refunds.length + 1}`;
    const at = new Date(0).toISOString();
    const made: Made = { id: id ?? providerId, providerId, amount, state: fake.begin, at, paymentId };
    refunds.push(made);
    return made;
  };
  const fake = {
    /** Every session by its id, to be changed as time goes on at the provider. */
    found,
    /** Those that were made, by whomever; their states may be changed. */
    refunds,
    disputes,
    opened: 0,
    expired: 0,
    paid: 0,
    /** How often a refund was asked for; `refunds` are those that were made. */
    refunded: 0,
    /** Every refund is made that is asked for: the idempotency key is no guard. */
    forgetsKeys: false,
    /** How new refunds stand. */
    begin: "succeeded" as RefundState,
    /** What the next requests for a refund are answered with, and their keys for ever after: an error of the provider's own. */
    broken: [] as ("before" | "after")[],
    async open({ orderId, total }: OrderToPay) {
      fake.opened++;
      const session = { id: `cs_${orderId}`, url: `https://pay.example/cs_${orderId}` };
      if (!found.has(session.id)) found.set(session.id, { session, orderId, total, state: { status: "open" } });
      await new Promise(setImmediate);
      return session;
    },
    async find(sessionId: string) {
      await new Promise(setImmediate);
      const session = found.get(sessionId);
      return session && { ...session, state: withBack(session.state) };
    },
    async expire(sessionId: string): Promise<SessionState> {
      await new Promise(setImmediate);
      const session = found.get(sessionId);
      if (session?.state.status === "open") {
        fake.expired++;
        session.state = { status: "closed", reason: "expired" };
      }
      return withBack(session?.state ?? { status: "closed", reason: "expired" });
    },
    async refund({ orderId, paymentId, refund: { id, amount, attempt } }: RefundWish): Promise<RefundNews | "spent"> {
      await new Promise(setImmediate);
      fake.refunded++;
      const key = `${orderId} ${id} ${attempt}`;
      const known = fake.forgetsKeys ? undefined : keys.get(key);
      if (spent.has(key)) return back(paymentId).refunds.find((one) => one.id === id) ?? "spent";
      const trouble = known ? undefined : fake.broken.shift();
      if (trouble) spent.add(key);
      if (trouble === "before") throw new AppError("unavailable", "Stripe could not refund a payment");
      const made = known ?? make(paymentId, id, amount);
      if (trouble) throw new AppError("unavailable", "Stripe could not refund a payment");
      keys.set(key, made);
      const { paymentId: _, ...news } = made;
      return news;
    },
    async givenBack(paymentId: string): Promise<GivenBack> {
      await new Promise(setImmediate);
      return back(paymentId);
    },
    /** What payments are made with; "unavailable": the provider does not answer that. */
    means: "card",
    async meansOf(paymentId: string): Promise<string | undefined> {
      await new Promise(setImmediate);
      if (fake.means === "unavailable") throw new AppError("unavailable", "Stripe does not answer");
      return payments.has(paymentId) ? fake.means : undefined;
    },
    async orderOf(paymentId: string) {
      await new Promise(setImmediate);
      return payments.get(paymentId)?.orderId;
    },
    /** What happens at the provider when the customer pays. */
    pay(orderId: string, taken = { amount: 1200, currency: "eur" }) {
      fake.paid++;
      const sessionId = `cs_${orderId}`;
      const paymentId = paymentIdOf(orderId);
      const confirmation = { eventId: sessionId, sessionId, paymentId, taken, at: new Date(0) };
      const session = found.get(sessionId);
      if (session) fake.take(session, { status: "paid", confirmation, back: { refunds: [], disputes: [] } });
    },
    /** The money of a session is there. */
    take(session: FoundSession, state: Extract<SessionState, { status: "paid" }>) {
      session.state = state;
      const { paymentId, taken } = state.confirmation;
      payments.set(paymentId, { orderId: session.orderId, amount: taken.amount });
    },
    /** Somebody gives money back in the provider's dashboard. */
    refundByHand: (paymentId: string, amount: number): RefundNews => make(paymentId, undefined, amount),
    /** What a bank makes of a refund. */
    endRefund(providerId: string, state: RefundState, failure?: string) {
      const made = refunds.find((one) => one.providerId === providerId);
      if (made) Object.assign(made, { state, ...(failure && { failure }) });
    },
    /** A customer's bank claims a charge back, or decides on that. */
    dispute(paymentId: string, amount: number, status: string, id = "du_1") {
      const known = disputes.find((one) => one.id === id);
      if (known) Object.assign(known, { status });
      else disputes.push({ id, amount, status, reason: "fraudulent", at: new Date(0).toISOString(), paymentId });
    },
  } satisfies Checkout & Record<string, unknown>;
  const spent = new Set<string>();
  return fake;
}
