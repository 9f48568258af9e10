import {
  type AskedPayment,
  type Confirmation,
  isUnderWay,
  mismatch,
  type PaidPayment,
  type SessionState,
  type TakenPayment,
} from "./payment.ts";
import { isTaken, recordBack } from "./refunds.ts";

/**
 * The payment as paid, even if it was closed: the money is there, and the order decides what becomes of it. A repeat
 * changes nothing. @throws when it does not match.
 */
export function confirm(payment: AskedPayment, confirmation: Confirmation): TakenPayment {
  if (mismatch(payment, confirmation)) throw new Error("a confirmation of something else cannot pay this");
  if (isTaken(payment)) return payment;
  const { paymentId, at, means } = confirmation;
  const { orderId, customerId, total, session, traceparent, openedAt } = payment;
  const asked = { orderId, customerId, total, session, traceparent, ...(openedAt && { openedAt }) };
  const taken = { paymentId, paidAt: at.toISOString(), ...(means && { means }) };
  return { ...asked, status: "paid", ...taken, announced: false };
}

/** The payment as nobody can make it any more; one that was made, or closed before, stays as it is. */
export function close(payment: AskedPayment, reason: string): AskedPayment {
  return isUnderWay(payment) ? { ...payment, status: "closed", reason } : payment;
}

/** The payment after the provider said how its session is: news that are older than what is known change nothing. */
export function follow(payment: AskedPayment, state: SessionState): AskedPayment {
  switch (state.status) {
    case "open":
      return payment;
    case "processing":
      return payment.status === "open" ? { ...payment, status: "processing" } : payment;
    case "closed":
      return close(payment, state.reason);
    case "paid":
      return recordBack(confirm(payment, state.confirmation), state.back);
  }
}

/** The paid payment after the other services were told. */
export function announce(payment: PaidPayment): PaidPayment {
  return { ...payment, announced: true };
}
