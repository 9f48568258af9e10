import { StateConflict, type StateStore } from "#common/dapr/ports";
import { AppError } from "#common/errors";
import type { Payments } from "../app/ports.ts";
import type { Payment } from "../domain/payment.ts";

/** How often a change is tried again when somebody else was faster. */
const mostTries = 10;

/** The payments in the state store, under `payment-<orderId>`; its ETags keep two writers apart. */
export function statePayments(state: StateStore): Payments {
  return {
    async find(orderId) {
      return (await state.get<Payment>(keyOf(orderId)))?.value;
    },

    async add(payment) {
      try {
        await state.save<Payment>(keyOf(payment.orderId), payment, { create: true });
        return payment;
      } catch (error) {
        if (!(error instanceof StateConflict)) throw error;
        const first = await state.get<Payment>(keyOf(payment.orderId));
        if (!first) throw new AppError("unavailable", "The payment was there and is gone", {}, { cause: error });
        return first.value;
      }
    },

    async update(orderId, change) {
      for (let tries = 1; ; tries++) {
        const found = await state.get<Payment>(keyOf(orderId));
        if (!found) throw new AppError("not_found", "There is no payment for this order");
        const changed = change(found.value);
        try {
          await state.save(keyOf(orderId), changed, { etag: found.etag });
          return changed;
        } catch (error) {
          if (!(error instanceof StateConflict)) throw error;
          if (tries === mostTries)
            throw new AppError("unavailable", "Others changed the payment", {}, { cause: error });
        }
      }
    },
  };
}

const keyOf = (orderId: string): string => `payment-${orderId}`;
