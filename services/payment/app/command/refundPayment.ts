import type { Handler } from "#common/decorator/observed";
import { AppError } from "#common/errors";
import type { Payment } from "../../domain/payment.ts";
import { refund } from "../../domain/transitions.ts";
import { look } from "../look.ts";
import type { Checkout } from "../ports.ts";
import type { Recall } from "../recall.ts";
import type { SettleDeps } from "../settle.ts";

/** Whose money is given back; the session is one that the order knows of, if any. */
export type RefundPayment = { orderId: string; sessionId?: string };

/** What {@link refundPayment} works with. */
export type RefundPaymentDeps = SettleDeps & { recall: Recall; checkout: Checkout };

/**
 * Gives the money of an order back, and answers with its payment: refunded, or whatever it is when nobody paid it.
 * The provider's idempotency key keeps it at one refund, whoever asks and however often.
 * @throws AppError "unavailable" when it is to be asked again, "not_found" when nobody knows of a payment: there may be
 * money all the same, so this is never taken for "nothing to give back".
 */
export function refundPayment(deps: RefundPaymentDeps): Handler<RefundPayment, Payment> {
  const { payments, checkout, recall } = deps;
  const looked = look(deps);

  return async ({ orderId, sessionId }) => {
    const known = await recall(orderId, sessionId);
    if (!known) throw new AppError("not_found", "No payment of this order is known");
    const payment = await looked(known);
    if (payment.status !== "paid") return payment;
    await checkout.refund(payment);
    return payments.update(payment, (now) => {
      if (now.status === "refunded") return now;
      return refund(now.status === "paid" ? now : payment);
    });
  };
}
