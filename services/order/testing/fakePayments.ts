import { AppError } from "#common/errors";
import type { CheckoutStatus, Payment, Payments } from "../app/ports.ts";

/** Payment, whose checkouts stand where the test says (`statuses`, "open" if nothing is said) and cost `totals`. */
export function fakePayments() {
  const statuses = new Map<string, CheckoutStatus>();
  const totals = new Map<string, Payment["total"]>();
  const fake = { statuses, totals, calls: [] as string[], /** While true nothing answers. */ away: false };
  const asked = async (what: string, id: string): Promise<Payment> => {
    await new Promise(setImmediate);
    if (fake.away) throw new AppError("unavailable", "payment.v1.PaymentService does not answer");
    fake.calls.push(`${what} ${id}`);
    return { status: statuses.get(id) ?? "open", total: totals.get(id) ?? { amount: 500, currency: "eur" } };
  };
  const moved = (id: string, payment: Payment, from: CheckoutStatus, to: CheckoutStatus): Payment => {
    if (payment.status !== from) return payment;
    statuses.set(id, to);
    return { ...payment, status: to };
  };
  const payments: Payments = {
    close: async ({ id, checkoutSessionId = "" }, reason) =>
      moved(id, await asked(`close (${reason}${checkoutSessionId && ` ${checkoutSessionId}`})`, id), "open", "closed"),
    refund: async ({ id }) => moved(id, await asked("refund", id), "paid", "refunded"),
    async announce(orderId) {
      const { status } = await asked("announce", orderId);
      if (status !== "paid") throw new AppError("conflict", "There is no paid payment of this order");
    },
    find: (orderIds) => Promise.all(orderIds.map((id) => asked("find", id))),
  };
  return Object.assign(fake, payments);
}
