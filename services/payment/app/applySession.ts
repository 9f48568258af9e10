import type { Logger } from "#common/logging";
import {
  type AskedPayment,
  type Confirmation,
  mismatch,
  type PaidPayment,
  type Payment,
  type SessionState,
} from "../domain/payment.ts";
import type { PutAside } from "../domain/putAside.ts";
import { isTaken, standingOf } from "../domain/refunds.ts";
import { announce, follow } from "../domain/transitions.ts";
import type { Names, PaidOrders, Payments, PutAsides } from "./services.ts";

export type ApplySessionDeps = {
  payments: Payments;
  paidOrders: PaidOrders;
  putAsides: PutAsides;
  /** The orders with a refund or dispute under way, or that were not told of one. */
  toAttend: Names;
  logger: Logger;
};

/** How the payment was changed by the state of its session. */
export type AppliedSession = { outcome: "changed" | "repeated" | "put_aside"; payment: AskedPayment };

/**
 * Brings a payment to where the provider says that its session is. A payment that was made is announced first, and then
 * stored as both with one save: a process that dies in between is made good by the next try, with the same event id.
 * @throws AppError "unavailable" when the payment could not be stored or announced.
 */
export function applySession(deps: ApplySessionDeps) {
  return async (payment: AskedPayment, state: SessionState): Promise<AppliedSession> => {
    const wrong = "confirmation" in state && mismatch(payment, state.confirmation);
    if (wrong) {
      await putAside(deps, payment.orderId, state.confirmation, wrong);
      return { outcome: "put_aside", payment };
    }
    const expected = follow(payment, state);
    // A payment that is refunded before it was announced is not announced any more.
    const tells = expected.status === "paid" && !expected.announced && standingOf(expected) === "paid";
    if (state.status === "paid" && state.back.refunds.length + state.back.disputes.length > 0)
      await deps.toAttend.add(payment.orderId);
    if (tells) await deps.paidOrders.announce(expected);
    let outcome: AppliedSession["outcome"] = "repeated";
    const now = await deps.payments.update(payment, (stored) => {
      const from = askedOf(stored, payment);
      const to = follow(from, state);
      outcome = to.status === from.status ? "repeated" : "changed";
      return tells && to.status === "paid" && !to.announced ? announce(to) : to;
    });
    return { outcome, payment: now.status === "paid" ? await announcePaid(deps, now) : now };
  };
}

/** Announces a paid payment, unless it was announced before or is being refunded. @returns the payment as it is stored then. */
export async function announcePaid(
  { payments, paidOrders }: Pick<ApplySessionDeps, "payments" | "paidOrders">,
  payment: PaidPayment,
): Promise<AskedPayment> {
  if (payment.announced || standingOf(payment) !== "paid") return payment;
  await paidOrders.announce(payment);
  return payments.update(payment, (stored) => {
    if (!isTaken(stored)) return announce(payment);
    return stored.status === "paid" ? announce(stored) : stored;
  });
}

/** Keeps a confirmation that fits no order, until staff decide on it. */
export async function putAside(
  { putAsides, logger }: Pick<ApplySessionDeps, "putAsides" | "logger">,
  orderId: string,
  { eventId, sessionId, paymentId, taken, at }: Confirmation,
  reason: PutAside["reason"],
): Promise<void> {
  logger.error("money was taken that is no order's", {
    orderId,
    eventId,
    reason,
    taken: `${taken.amount} ${taken.currency}`,
  });
  await putAsides.add({ eventId, orderId, sessionId, paymentId, taken, reason, at: at.toISOString() });
}

/** A payment with a session stays one: a store that forgot it may have been told since that the order is barred. */
function askedOf(stored: Payment, known: AskedPayment): AskedPayment {
  return stored.status === "barred" ? known : stored;
}
