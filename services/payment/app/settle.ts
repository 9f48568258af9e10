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

/** What {@link settle} works with. */
export type SettleDeps = {
  payments: Payments;
  paidOrders: PaidOrders;
  putAsides: PutAsides;
  /** The orders whose money is under way back, or whose order was not told of it. */
  unsettled: Names;
  logger: Logger;
};

/** What became of a piece of news about a payment. */
export type Settled = { outcome: "changed" | "repeated" | "put_aside"; payment: AskedPayment };

/**
 * Brings a payment to where the provider says that its session is. A payment that was made is announced first, and then
 * stored as both with one save: whoever dies in between is made good by the next try, with the same event id.
 * @throws AppError "unavailable" when the payment could not be stored or announced.
 */
export function settle(deps: SettleDeps) {
  return async (payment: AskedPayment, state: SessionState): Promise<Settled> => {
    const wrong = "confirmation" in state && mismatch(payment, state.confirmation);
    if (wrong) {
      await putAside(deps, payment.orderId, state.confirmation, wrong);
      return { outcome: "put_aside", payment };
    }
    const expected = follow(payment, state);
    // What is known to go back before it was told as paid is not told as paid any more.
    const tells = expected.status === "paid" && !expected.announced && standingOf(expected) === "paid";
    if (state.status === "paid" && state.back.refunds.length + state.back.disputes.length > 0)
      await deps.unsettled.add(payment.orderId);
    if (tells) await deps.paidOrders.announce(expected);
    let outcome: Settled["outcome"] = "repeated";
    const now = await deps.payments.update(payment, (stored) => {
      const from = asked(stored, payment);
      const to = follow(from, state);
      outcome = to.status === from.status ? "repeated" : "changed";
      return tells && to.status === "paid" && !to.announced ? announce(to) : to;
    });
    return { outcome, payment: now.status === "paid" ? await told(deps, now) : now };
  };
}

/** The paid payment after the other services were told: now, unless they were before, or its money goes back. */
export async function told(
  { payments, paidOrders }: Pick<SettleDeps, "payments" | "paidOrders">,
  payment: PaidPayment,
): Promise<AskedPayment> {
  if (payment.announced || standingOf(payment) !== "paid") return payment;
  await paidOrders.announce(payment);
  return payments.update(payment, (stored) => {
    if (!isTaken(stored)) return announce(payment);
    return stored.status === "paid" ? announce(stored) : stored;
  });
}

/** Keeps a confirmation that is no order's for an operator. */
export async function putAside(
  { putAsides, logger }: Pick<SettleDeps, "putAsides" | "logger">,
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

/** A payment that was asked for stays so; only the store may have forgotten it, and be told that it is barred. */
function asked(stored: Payment, known: AskedPayment): AskedPayment {
  return stored.status === "barred" ? known : stored;
}
