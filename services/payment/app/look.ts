import { isUnderWay, type Payment } from "../domain/payment.ts";
import { type ApplySessionDeps, applySession } from "./applySession.ts";
import type { Checkout } from "./services.ts";

/**
 * A payment as it is by now: one without an end is looked up at the provider. The money may be there although its
 * message is not, or was heard and then forgotten with the store.
 */
export function look(deps: ApplySessionDeps & { checkout: Checkout }): (payment: Payment) => Promise<Payment> {
  const apply = applySession(deps);
  return async (payment) => {
    if (!isUnderWay(payment)) return payment;
    const found = await deps.checkout.find(payment.session.id);
    return found ? (await apply(payment, found.state)).payment : payment;
  };
}
