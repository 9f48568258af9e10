import type { Payment, TakenPayment } from "../domain/payment.ts";
import { isTaken, recordBack } from "../domain/refunds.ts";
import type { Checkout, Names, Payments } from "./services.ts";

export type LearnBackDeps = { payments: Payments; checkout: Checkout; toAttend: Names };

/** The payment with the provider's refunds and disputes; asked for, since messages of them come late, twice, or never. */
export function learnBack({ payments, checkout, toAttend }: LearnBackDeps) {
  return async (payment: TakenPayment): Promise<TakenPayment> => {
    const back = await checkout.givenBack(payment.paymentId);
    if (recordBack(payment, back) === payment) return payment;
    await toAttend.add(payment.orderId);
    return payments.update(payment, (stored) => recordBack(takenOf(stored, payment), back));
  };
}

/** The stored payment if it is a taken one; a store that was emptied may hold less than is known. */
export function takenOf(stored: Payment, known: TakenPayment): TakenPayment {
  return isTaken(stored) ? stored : known;
}
