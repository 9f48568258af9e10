import type { Handler } from "#common/decorator/observed";
import type { Payment } from "../../domain/payment.ts";
import { inGroups } from "../inGroups.ts";
import type { Recall } from "../recall.ts";
import type { Turns } from "../turns.ts";

export type GetPaymentsDeps = {
  recall: Recall;
  /** Looks at the provider how a payment is that has no end yet. */
  lookAt: (payment: Payment) => Promise<Payment>;
  turns: Turns<Payment>;
};

/**
 * The payments of these orders, in the same order; undefined where there is none. One that has been open for a while is
 * looked at where it is made, a few a call: the message that it was paid may never come.
 */
export function getPayments(deps: GetPaymentsDeps): Handler<{ orderIds: readonly string[] }, (Payment | undefined)[]> {
  const { recall, lookAt, turns } = deps;

  return async ({ orderIds }) => {
    const known = await inGroups(orderIds, (orderId) => recall(orderId));
    const due = new Set(turns.take(known.filter((payment) => payment !== undefined)));
    // One that cannot be looked at now is told as it is known, and so are the others.
    const asItIs = (payment: Payment) => lookAt(payment).catch(() => payment);
    return inGroups(known, async (payment) => (payment && due.has(payment) ? asItIs(payment) : payment));
  };
}
