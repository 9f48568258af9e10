import { AppError, isKind } from "#common/errors";
import type { Logger } from "#common/logging";
import type { TakenPayment } from "../domain/payment.ts";
import { changeRefund, leftBeside, moreThanLeft, recordBack, refundOf } from "../domain/refunds.ts";
import { type LearnBackDeps, learnBack, takenOf } from "./learnBack.ts";

export type MakeRefundDeps = LearnBackDeps & { logger: Logger };

/** How many attempts one call makes, each of which found the one before it spent. */
const mostAttempts = 20;

/**
 * Has the provider make a refund that the payment holds: once, however many ask, and however often a process dies over it.
 * @returns the payment: the refund has the provider's id, or failed as it was refused for good.
 * @throws AppError "conflict" when others have given the money back meanwhile: then there is no such refund any more.
 */
export function makeRefund(deps: MakeRefundDeps) {
  const { payments, checkout, logger } = deps;
  const learn = learnBack(deps);

  return async (asked: TakenPayment, id: string): Promise<TakenPayment> => {
    let payment = asked;
    for (let tries = 0; tries < mostAttempts; tries++) {
      const refund = refundOf(payment, id);
      if (!refund || refund.providerId || refund.state === "failed") return payment;
      const { orderId, paymentId } = payment;
      try {
        const news = await checkout.refund({ orderId, paymentId, refund });
        const attempt = refund.attempt + 1;
        payment = await update(payment, (now) =>
          news === "spent"
            ? changeRefund(now, id, (one) => ({ ...one, attempt: Math.max(one.attempt, attempt) }))
            : recordBack(now, { refunds: [news], disputes: [] }),
        );
      } catch (error) {
        if (!isKind(error, "invalid")) throw error;
        return giveUp(payment, id, error.message);
      }
    }
    throw new AppError("unavailable", "The provider answers every attempt of this refund with an old error");
  };

  /** Refused since others gave the money back, which is no failure, or for good. */
  async function giveUp(payment: TakenPayment, id: string, failure: string): Promise<TakenPayment> {
    const now = await learn(payment);
    const refund = refundOf(now, id);
    if (!refund || refund.providerId) return now;
    const left = leftBeside(now, id);
    if (left < refund.amount) {
      await update(now, (current) => changeRefund(current, id, () => undefined));
      throw moreThanLeft(now, left);
    }
    logger.error("refund is refused", { orderId: payment.orderId, refundId: id, failure });
    return update(now, (current) => changeRefund(current, id, (one) => ({ ...one, state: "failed", failure })));
  }

  function update(known: TakenPayment, change: (payment: TakenPayment) => TakenPayment): Promise<TakenPayment> {
    return payments.update(known, (stored) => change(takenOf(stored, known)));
  }
}
