import type { StateStore } from "#common/dapr/ports";
import type { Payments } from "../app/ports.ts";
import type { Payment } from "../domain/payment.ts";
import { changed } from "./savedValue.ts";

/** The payments in the state store, under `payment-<orderId>`. */
export function statePayments(state: StateStore): Payments {
  return {
    find: async (orderId) => (await state.get<Payment>(keyOf(orderId)))?.value,

    add: (payment) => changed<Payment, Payment>(state, keyOf(payment.orderId), (stored) => stored ?? payment),

    restore: (payment) =>
      changed<Payment, Payment>(state, keyOf(payment.orderId), (stored) =>
        stored && stored.status !== "barred" ? stored : payment,
      ),

    update: (known, change) => changed(state, keyOf(known.orderId), (stored: Payment = known) => change(stored)),
  };
}

const keyOf = (orderId: string): string => `payment-${orderId}`;
