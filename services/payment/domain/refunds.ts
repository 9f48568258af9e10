import { AppError } from "#common/errors";
import { moneyText } from "#common/money";
import {
  type GivenBack,
  isDecided,
  moneyBackOf,
  type Refund,
  type RefundState,
  withDispute,
  withRefund,
} from "./moneyBack.ts";
import { type AskedPayment, type Money, moneyOf, type Payment, type TakenPayment } from "./payment.ts";

/** Whether the money of a payment was taken, be it back by now. */
export function isTaken<P extends Payment>(payment: P): payment is Extract<P, TakenPayment> {
  return moneyOf[payment.status] === "taken";
}

/** What is neither back nor on its way back, in minor units. */
export function leftOf(payment: TakenPayment): number {
  // One that a version before gave back has no list.
  if (payment.status === "refunded") return 0;
  return payment.total.amount - sumOf(payment, "succeeded") - sumOf(payment, "refunding");
}

/** How a payment stands, as others see it: `refunding` once all of it is back or on its way. */
export function standingOf(payment: Payment): Payment["status"] | "refunding" {
  return payment.status === "paid" && leftOf(payment) <= 0 ? "refunding" : payment.status;
}

/** The refund of this id. */
export function refundOf(payment: TakenPayment, id: string): Refund | undefined {
  return payment.refunds?.find((refund) => refund.id === id);
}

/**
 * The payment with a refund that is to be made: of all that is left, unless an amount is named. Asked again it is the
 * same refund, and where nothing is left there is none.
 * @throws AppError "conflict" when it is more than what is left, or of another currency.
 */
export function askRefund(payment: TakenPayment, id: string, wished: Money | undefined, at: Date): TakenPayment {
  const left = leftOf(payment);
  if (refundOf(payment, id) || (!wished && left <= 0)) return payment;
  const { currency } = payment.total;
  if (wished && wished.currency.toLowerCase() !== currency)
    throw new AppError("conflict", `The payment was made in ${currency.toUpperCase()}`);
  const amount = wished?.amount ?? left;
  if (amount > left) throw moreThanLeft(payment, left);
  const refund: Refund = { id, amount, state: "refunding", attempt: 1, at: at.toISOString() };
  return { ...payment, refunds: [...(payment.refunds ?? []), refund] };
}

/** What would be left if this refund were not. */
export function leftBeside({ refunds = [], ...payment }: TakenPayment, id: string): number {
  const beside = { ...payment, refunds: refunds.filter((refund) => refund.id !== id) };
  return payment.total.amount - sumOf(beside, "succeeded") - sumOf(beside, "refunding");
}

/** The refusal of a refund of more than what is left. */
export function moreThanLeft({ total }: AskedPayment, left: number): AppError {
  const text = (amount: number) => moneyText({ amount: Math.max(amount, 0), currency: total.currency }, "en");
  return new AppError("conflict", `Only ${text(left)} of ${text(total.amount)} are left to be given back`);
}

/** The payment after a change of one of its refunds; undefined in place of the refund takes it away. */
export function changeRefund(
  payment: TakenPayment,
  id: string,
  change: (refund: Refund) => Refund | undefined,
): TakenPayment {
  const refunds = (payment.refunds ?? []).flatMap((one) => (one.id === id ? (change(one) ?? []) : [one]));
  return withStatus({ ...payment, refunds });
}

/** The payment after the provider told of money that goes back. What is known, or older than that, changes nothing. */
export function recordBack(payment: TakenPayment, news: GivenBack): TakenPayment {
  const known = { refunds: payment.refunds ?? [], disputes: payment.disputes ?? [] };
  const refunds = news.refunds.reduce(withRefund, known.refunds);
  const disputes = news.disputes.reduce(withDispute, known.disputes);
  if (refunds === known.refunds && disputes === known.disputes) return payment;
  return withStatus({ ...payment, refunds, disputes });
}

/** What goes back of a payment and was not told to its order yet, or is otherwise by now. */
export function untoldOf({ refunds = [], disputes = [] }: TakenPayment): readonly RecordedRefund[] {
  const moved = disputes.flatMap(({ id, amount, told, ...dispute }) => {
    const state = moneyBackOf({ id, amount, ...dispute });
    return state ? [{ id, amount, state, told }] : [];
  });
  return [...refunds, ...moved].filter(({ state, told }) => state !== told);
}

/** Money that goes back, by a refund or by a dispute. */
export type RecordedRefund = { readonly id: string; readonly amount: number; readonly state: RefundState };

/**
 * The refunds that somebody has to look at: under way, or failed and not made good by a later one. Once all of the money
 * is back, by whatever way, nobody owes what failed.
 */
export function openRefunds({ refunds = [], status }: TakenPayment): readonly Refund[] {
  return refunds.filter(({ state }, index) => {
    if (state !== "failed") return state === "refunding";
    if (status === "refunded") return false;
    return !refunds.slice(index + 1).some((later) => later.state === "succeeded");
  });
}

/** Whether nothing goes on at the provider that has no end yet, and the order knows of all of it. */
export function isQuiet(payment: TakenPayment): boolean {
  const { refunds = [], disputes = [] } = payment;
  return (
    refunds.every(({ state }) => state !== "refunding") && disputes.every(isDecided) && untoldOf(payment).length === 0
  );
}

/** The payment after its order was told of these. */
export function markTold(payment: TakenPayment, told: readonly RecordedRefund[]): TakenPayment {
  const states = new Map(told.map(({ id, state }) => [id, state]));
  const mark = <T extends { id: string }>(one: T): T =>
    states.has(one.id) ? { ...one, told: states.get(one.id) } : one;
  const { refunds = [], disputes = [] } = payment;
  return { ...payment, refunds: refunds.map(mark), disputes: disputes.map(mark) };
}

/** All of the money is back, or not (any more): a refund that was taken back makes a refunded payment a paid one. */
function withStatus(payment: TakenPayment): TakenPayment {
  if (sumOf(payment, "succeeded") < payment.total.amount)
    return payment.status === "paid" ? payment : { ...payment, status: "paid", announced: true };
  if (payment.status === "refunded") return payment;
  const { announced: _, ...refunded } = payment;
  return { ...refunded, status: "refunded" };
}

function sumOf({ refunds = [], disputes = [] }: TakenPayment, state: RefundState): number {
  const moved = disputes.filter((dispute) => moneyBackOf(dispute) === state);
  return [...refunds.filter((refund) => refund.state === state), ...moved].reduce((sum, { amount }) => sum + amount, 0);
}
