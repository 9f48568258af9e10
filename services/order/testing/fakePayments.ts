import { AppError } from "#common/errors";
import type { CheckoutStatus, Payments } from "../app/services.ts";
import type { Money } from "../domain/lines.ts";
import type { RefundStatus } from "../domain/refunds.ts";

type Standing = { status: CheckoutStatus; total: Money };
type Refund = { orderId: string; amount: number; status: RefundStatus };

/**
 * Payment, whose checkouts stand where the test says (`statuses`, "open" if nothing is said) and cost `totals`. Refunds
 * stand as `refundsEnd` says at that moment, until the test says otherwise of one.
 */
export function fakePayments() {
  const statuses = new Map<string, CheckoutStatus>();
  const totals = new Map<string, Money>();
  const refunds = new Map<string, Refund>();
  const fake = {
    statuses,
    totals,
    refunds,
    refundsEnd: "succeeded" as RefundStatus,
    calls: [] as string[],
    /** While true nothing answers. */
    away: false,
  };
  const ask = async (what: string, id: string): Promise<Standing> => {
    await new Promise(setImmediate);
    if (fake.away) throw new AppError("unavailable", "payment.v1.PaymentService does not answer");
    fake.calls.push(`${what} ${id}`);
    return { status: statuses.get(id) ?? "open", total: totals.get(id) ?? { amount: 500, currency: "eur" } };
  };
  const move = (id: string, payment: Standing, from: CheckoutStatus, to: CheckoutStatus): Standing => {
    if (payment.status !== from) return payment;
    statuses.set(id, to);
    return { ...payment, status: to };
  };
  const leftOf = (id: string, { total, status }: Standing): number => {
    const given = [...refunds.values()].filter((one) => one.orderId === id && one.status !== "failed");
    if (given.length === 0 && status === "refunded") return 0;
    return total.amount - given.reduce((sum, { amount }) => sum + amount, 0);
  };
  const payments: Payments = {
    close: async ({ id, checkoutSessionId = "" }, reason) =>
      move(id, await ask(`close (${reason}${checkoutSessionId && ` ${checkoutSessionId}`})`, id), "open", "closed"),
    async refund({ id }, wanted) {
      const payment = await ask("refund", id);
      const [refundId, amount] = [wanted?.refundId ?? id, wanted?.amount?.amount ?? leftOf(id, payment)];
      if (!["paid", "refunding", "refunded"].includes(payment.status)) return { ...payment, refund: "none" };
      const known = refunds.get(refundId);
      if (!known && payment.status === "refunded" && !wanted) return { ...payment, refund: "succeeded" };
      if (!known && amount > leftOf(id, payment)) throw new AppError("conflict", "More than what is left");
      const refund = known ?? { orderId: id, amount, status: fake.refundsEnd };
      refunds.set(refundId, refund);
      const mine = [...refunds.values()].filter(({ orderId, status }) => orderId === id && status !== "failed");
      const isOver = mine.every(({ status }) => status === "succeeded");
      const status = leftOf(id, payment) > 0 ? "paid" : isOver ? "refunded" : "refunding";
      statuses.set(id, status);
      return { ...payment, status, refund: refund.status };
    },
    async announce(orderId) {
      const { status } = await ask("announce", orderId);
      if (status !== "paid") throw new AppError("conflict", "There is no paid payment of this order");
    },
    find: (orderIds) => Promise.all(orderIds.map((id) => ask("find", id))),
  };
  return Object.assign(fake, payments);
}
