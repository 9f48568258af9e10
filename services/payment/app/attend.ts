import type { TakenPayment } from "../domain/payment.ts";
import { isQuiet, openRefunds } from "../domain/refunds.ts";
import { learnBack } from "./learnBack.ts";
import { type MakeRefundDeps, makeRefund } from "./makeRefund.ts";
import { type TellRefundsDeps, tellRefunds } from "./tellRefunds.ts";

export type AttendDeps = MakeRefundDeps & TellRefundsDeps;

/**
 * Brings a payment's refunds and disputes to the provider's state: a refund that was decided on and not made is made,
 * and the order is told. @returns the payment; it leaves the list of open ones once nothing is open.
 */
export function attend(deps: AttendDeps) {
  const [learn, make, tell] = [learnBack(deps), makeRefund(deps), tellRefunds(deps)];

  return async (taken: TakenPayment): Promise<TakenPayment> => {
    let payment = await learn(taken);
    for (const { id, state } of openRefunds(payment)) {
      if (state === "refunding") payment = await make(payment, id);
    }
    payment = await tell(payment);
    if (isQuiet(payment) && openRefunds(payment).length === 0) await deps.toAttend.remove(payment.orderId);
    return payment;
  };
}
