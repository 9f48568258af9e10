import type { Handler } from "#common/decorator/observed";
import type { TakenPayment } from "../../domain/payment.ts";
import { isTaken } from "../../domain/refunds.ts";
import { type AttendDeps, attend } from "../attend.ts";
import { look } from "../look.ts";
import type { Recall } from "../recall.ts";
import type { SettleDeps } from "../settle.ts";

/** News of money that goes back of a payment; of which order, if the news say so. */
export type FollowMoney = { paymentId: string; orderId?: string | undefined };

/** `ignored`: the payment is none that an order is paid with. */
export type MoneyFollowed = "recorded" | "repeated" | "ignored";

/** What {@link followMoney} works with. */
export type FollowMoneyDeps = SettleDeps & AttendDeps & { recall: Recall };

/**
 * Notes what goes back of a payment, whoever asked for it and wherever, and tells the order. What it is, is asked for:
 * the provider's messages come late, twice and in any order.
 * @throws AppError "unavailable" when the provider shall send its message again.
 */
export function followMoney(deps: FollowMoneyDeps): Handler<FollowMoney, MoneyFollowed> {
  const [looked, attended] = [look(deps), attend(deps)];

  return async ({ paymentId, orderId }) => {
    const named = orderId ?? (await deps.checkout.orderOf(paymentId));
    const known = named && (await deps.recall(named));
    if (!known) return "ignored";
    const payment = await looked(known);
    if (!isTaken(payment) || payment.paymentId !== paymentId) return "ignored";
    const before = standsAt(payment);
    return standsAt(await attended(payment)) === before ? "repeated" : "recorded";
  };
}

function standsAt({ refunds = [], disputes = [] }: TakenPayment): string {
  return JSON.stringify([refunds.map(({ id, state }) => [id, state]), disputes.map(({ id, status }) => [id, status])]);
}
