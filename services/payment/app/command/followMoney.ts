import type { Handler } from "#common/decorator/observed";
import type { TakenPayment } from "../../domain/payment.ts";
import { isTaken } from "../../domain/refunds.ts";
import type { ApplySessionDeps } from "../applySession.ts";
import { type AttendDeps, attend } from "../attend.ts";
import { look } from "../look.ts";
import type { Recall } from "../recall.ts";

/** News of money that goes back of a payment; of which order, if the news say so. */
export type FollowMoney = { paymentId: string; orderId?: string | undefined };

/** `ignored`: the payment is none that an order is paid with. */
export type MoneyFollowed = "recorded" | "repeated" | "ignored";

export type FollowMoneyDeps = ApplySessionDeps & AttendDeps & { recall: Recall };

/**
 * Records the refunds and disputes of a payment, those made at the dashboard too, and tells the order. The provider is
 * asked for them, as its messages come late, twice and in any order.
 * @throws AppError "unavailable" when the provider shall send its message again.
 */
export function followMoney(deps: FollowMoneyDeps): Handler<FollowMoney, MoneyFollowed> {
  const [lookAt, attendTo] = [look(deps), attend(deps)];

  return async ({ paymentId, orderId }) => {
    const named = orderId ?? (await deps.checkout.orderOf(paymentId));
    const known = named && (await deps.recall(named));
    if (!known) return "ignored";
    const payment = await lookAt(known);
    if (!isTaken(payment) || payment.paymentId !== paymentId) return "ignored";
    const before = standsAt(payment);
    return standsAt(await attendTo(payment)) === before ? "repeated" : "recorded";
  };
}

function standsAt({ refunds = [], disputes = [] }: TakenPayment): string {
  return JSON.stringify([refunds.map(({ id, state }) => [id, state]), disputes.map(({ id, status }) => [id, status])]);
}
