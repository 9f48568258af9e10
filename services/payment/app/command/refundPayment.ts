import type { Handler } from "#common/decorator/observed";
import { AppError, isKind } from "#common/errors";
import type { RefundState } from "../../domain/moneyBack.ts";
import type { Money, Payment, TakenPayment } from "../../domain/payment.ts";
import { askRefund, isTaken, refundOf, standingOf } from "../../domain/refunds.ts";
import type { ApplySessionDeps } from "../applySession.ts";
import { learnBack, takenOf } from "../learnBack.ts";
import { look } from "../look.ts";
import { type MakeRefundDeps, makeRefund } from "../makeRefund.ts";
import type { Recall } from "../recall.ts";

/**
 * `amount`: a part, or all that is left without it; `sessionId`: the session that the order knows of, if any. The same
 * `refundId` is the same refund; without one the request is for the one refund of all there is, as the order service of
 * the version before sends it.
 */
export type RefundPayment = { orderId: string; sessionId?: string; amount?: Money | undefined; refundId?: string };

/** The payment, and how the refund stands; undefined when there was nothing to give back. */
export type RefundAnswer = { payment: Payment; state: RefundState | undefined };

export type RefundPaymentDeps = ApplySessionDeps & MakeRefundDeps & { recall: Recall; now: () => number };

/** How often all that is left is asked for anew, as others were giving it back meanwhile. */
const mostTries = 3;

/**
 * Gives money of an order back. What was asked for is stored before the provider hears of it, so that two who ask for
 * too much together are not both served, and a process that dies in between is made good.
 * @throws AppError "unavailable" when it is to be asked again, "conflict" when it is more than what is left, "not_found"
 * when nobody knows of a payment: there may be money all the same, so this is never taken for "nothing to give back".
 */
export function refundPayment(deps: RefundPaymentDeps): Handler<RefundPayment, RefundAnswer> {
  const [lookAt, learn, make] = [look(deps), learnBack(deps), makeRefund(deps)];

  return async ({ orderId, sessionId, amount, refundId }) => {
    const known = await deps.recall(orderId, sessionId);
    if (!known) throw new AppError("not_found", "No payment of this order is known");
    const payment = await lookAt(known);
    const id = refundId || wholeRefund(orderId);
    if (!isTaken(payment)) return { payment, state: undefined };
    const refunded = await refund(payment, id, amount, 1);
    return { payment: refunded, state: refundOf(refunded, id)?.state ?? stateOf(refunded) };
  };

  async function refund(
    payment: TakenPayment,
    id: string,
    amount: Money | undefined,
    tries: number,
  ): Promise<TakenPayment> {
    const before = refundOf(payment, id);
    const hasItsEnd = before ? before.state !== "refunding" : payment.status === "refunded" && !amount;
    if (hasItsEnd) return payment;
    const now = await learn(payment);
    await deps.toAttend.add(payment.orderId);
    const at = new Date(deps.now());
    const asked = await deps.payments.update(now, (stored) => askRefund(takenOf(stored, now), id, amount, at));
    try {
      return await make(asked, id);
    } catch (error) {
      if (amount || tries >= mostTries || !isKind(error, "conflict")) throw error;
      return refund(takenOf((await deps.payments.find(asked.orderId)) ?? asked, asked), id, amount, tries + 1);
    }
  }
}

/** The id of the one refund of all there is. */
function wholeRefund(orderId: string): string {
  return `refund-${orderId}`;
}

/** Nothing was left to ask for: it is back, or others have it on its way back. */
function stateOf(payment: TakenPayment): RefundState | undefined {
  const standing = standingOf(payment);
  if (standing === "refunded") return "succeeded";
  return standing === "refunding" ? "refunding" : undefined;
}
