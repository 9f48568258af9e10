import type { Checkout, Refund } from "./books.ts";

/** A payment that the provider took, what became of it, and how much is neither back nor on its way. */
export type Payment = Checkout & { readonly refunds: readonly Refund[]; readonly left: number };

/** A checkout that was paid, with its refunds. */
export function paymentOf(checkout: Checkout, refunds: readonly Refund[]): Payment {
  return { ...checkout, refunds, left: checkout.total.amount - sumOf(refunds) };
}

/** How the provider calls it. */
export function nameOf({ id, paymentId }: Checkout): string {
  return paymentId ?? id;
}

/** How the provider calls what went back of it, or itself where that is nothing. */
export function namesOf({ refunds, ...payment }: Payment): string {
  return refunds.length > 0 ? refunds.map(({ id }) => id).join(", ") : nameOf(payment);
}

/** What all come to. */
export function sumOf(amounts: readonly { readonly amount: number }[]): number {
  return amounts.reduce((sum, { amount }) => sum + amount, 0);
}
