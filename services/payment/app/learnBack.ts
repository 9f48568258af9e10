import type { Payment, TakenPayment } from "../domain/payment.ts";
import { isTaken, recordBack } from "../domain/refunds.ts";
import type { Checkout, Names, Payments } from "./services.ts";

/** What {@link learnBack} works with. */
export type LearnBackDeps = { payments: Payments; checkout: Checkout; unsettled: Names };

/** A payment after the provider was asked what goes back of it: its messages come late, twice, in any order, or never. */
export function learnBack({ payments, checkout, unsettled }: LearnBackDeps) {
  return async (payment: TakenPayment): Promise<TakenPayment> => {
    const back = await checkout.givenBack(payment.paymentId);
    if (recordBack(payment, back) === payment) return payment;
    await unsettled.add(payment.orderId);
    return payments.update(payment, (stored) => recordBack(takenOf(stored, payment), back));
  };
}

/** What was taken stays so; only the store may have forgotten it. */
export function takenOf(stored: Payment, known: TakenPayment): TakenPayment {
  return isTaken(stored) ? stored : known;
}
