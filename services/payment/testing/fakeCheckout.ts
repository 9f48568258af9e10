import type { Checkout, FoundSession, OrderToPay } from "../app/ports.ts";
import type { PaidPayment, SessionState } from "../domain/payment.ts";

/** A provider that, as Stripe, gives one idempotency key the same session and the same refund again, after a while. */
export function fakeCheckout() {
  const found = new Map<string, FoundSession>();
  const refunds = new Set<string>();
  const fake = {
    /** Every session by its id, to be changed as time goes on at the provider. */
    found,
    refunds,
    opened: 0,
    expired: 0,
    paid: 0,
    /** How often a refund was asked for; `refunds` are those that were made. */
    refunded: 0,
    async open({ orderId, total }: OrderToPay) {
      fake.opened++;
      const session = { id: `cs_${orderId}`, url: `https://pay.example/cs_${orderId}` };
      if (!found.has(session.id)) found.set(session.id, { session, orderId, total, state: { status: "open" } });
      await new Promise(setImmediate);
      return session;
    },
    async find(sessionId: string) {
      await new Promise(setImmediate);
      return found.get(sessionId);
    },
    async expire(sessionId: string): Promise<SessionState> {
      await new Promise(setImmediate);
      const session = found.get(sessionId);
      if (session?.state.status === "open") {
        fake.expired++;
        session.state = { status: "closed", reason: "expired" };
      }
      return session?.state ?? { status: "closed", reason: "expired" };
    },
    async refund({ orderId, session: { id } }: PaidPayment) {
      await new Promise(setImmediate);
      fake.refunded++;
      refunds.add(orderId);
      const session = found.get(id);
      if (session && "confirmation" in session.state) session.state = { ...session.state, status: "refunded" };
    },
    /** What happens at the provider when the customer pays. */
    pay(orderId: string, taken = { amount: 1200, currency: "eur" }) {
      fake.paid++;
      const sessionId = `cs_${orderId}`;
      const confirmation = { eventId: sessionId, sessionId, paymentId: "pi_1", taken, at: new Date(0) };
      const session = found.get(sessionId);
      if (session) session.state = { status: "paid", confirmation };
    },
  } satisfies Checkout & Record<string, unknown>;
  return fake;
}
