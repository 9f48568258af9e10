import type { TakenPayment } from "../domain/payment.ts";
import { isQuiet, openRefunds } from "../domain/refunds.ts";
import { learnBack } from "./learnBack.ts";
import { type MakeRefundDeps, makeRefund } from "./makeRefund.ts";
import { type TellRefundsDeps, tellRefunds } from "./tellRefunds.ts";

/** What {@link attend} works with. */
export type AttendDeps = MakeRefundDeps & TellRefundsDeps;

/**
 * Brings a payment whose money goes back to where the provider says that it is: what was decided and not made is made,
 * and the order is told. @returns the payment, which nobody has to look at again once nothing is open.
 */
export function attend(deps: AttendDeps) {
  const [learned, made, told] = [learnBack(deps), makeRefund(deps), tellRefunds(deps)];

  return async (taken: TakenPayment): Promise<TakenPayment> => {
    let payment = await learned(taken);
    for (const { id, state } of openRefunds(payment)) {
      if (state === "refunding") payment = await made(payment, id);
    }
    payment = await told(payment);
    if (isQuiet(payment) && openRefunds(payment).length === 0) await deps.unsettled.remove(payment.orderId);
    return payment;
  };
}
