import type { Locks } from "#common/dapr/ports";
import type { Handler } from "#common/decorator/observed";
import { AppError } from "#common/errors";
import type { Logger } from "#common/logging";
import { announce, type Confirmation, confirm, matches, type Payment } from "../../domain/payment.ts";
import type { PaidOrders, Payments } from "../ports.ts";
import { lockOf, lockSeconds } from "./paymentLock.ts";

/** A confirmation and the order that it names. */
export type ConfirmPayment = Confirmation & { orderId: string };

/** `mismatch`: the provider took something else than was asked for; that is never a payment of the order. */
export type Confirmed = "paid" | "repeated" | "mismatch";

/** What {@link confirmPayment} works with. */
export type ConfirmPaymentDeps = {
  payments: Payments;
  paidOrders: PaidOrders;
  locks: Locks;
  logger: Logger;
  /** Links what is going on now to the trace of the order. */
  linkToTrace: (traceparent: string) => void;
};

/**
 * Marks an order's payment as paid and announces it. It succeeds only after the announcement was sent, so a process
 * that dies in between is made good by the provider's next try, with the same event id.
 * @throws AppError "unavailable" when the provider shall try again: the payment is not stored yet, is being worked on
 * elsewhere, or could not be announced.
 */
export function confirmPayment(deps: ConfirmPaymentDeps): Handler<ConfirmPayment, Confirmed> {
  const { payments, paidOrders, locks, logger, linkToTrace } = deps;

  return async (confirmation) => {
    const { orderId } = confirmation;
    let outcome: Confirmed = "repeated";
    const obtained = await locks.withLock(lockOf(orderId), lockSeconds, async () => {
      const payment = await payments.find(orderId);
      if (!payment) throw new AppError("unavailable", "The payment of this order is not known here yet");
      linkToTrace(payment.traceparent);
      if (!matches(payment, confirmation)) return refuse(payment, confirmation);
      if (payment.status === "paid" && payment.announced) return;
      const paid = await payments.update(orderId, (now) => {
        outcome = now.status === "open" ? "paid" : "repeated";
        return confirm(now, confirmation);
      });
      if (paid.announced) return;
      await paidOrders.announce(paid);
      await payments.update(orderId, (now) => announce(now.status === "paid" ? now : paid));
    });
    if (!obtained) throw new AppError("unavailable", "The payment of this order is being worked on elsewhere");
    return outcome;

    function refuse(payment: Payment, { sessionId, taken }: Confirmation): void {
      outcome = "mismatch";
      logger.error("money was taken that does not match the order", {
        orderId,
        session: sessionId === payment.session.id ? "same" : "other",
        expected: `${payment.total.amount} ${payment.total.currency}`,
        taken: `${taken.amount} ${taken.currency}`,
      });
    }
  };
}
