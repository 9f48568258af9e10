import { StateConflict, type StateStore } from "#common/dapr/ports";
import { AppError } from "#common/errors";
import type { Payments } from "../app/services.ts";
import type { Payment } from "../domain/payment.ts";

/** How often a change is tried again when somebody else was faster. */
const mostTries = 10;

/**
 * The payments in the state store, under `payment-<orderId>`. What was read or saved remembers its version, so that the
 * first try of a change needs no second read; a change that gives the same payment back is not saved.
 */
export function statePayments(state: StateStore): Payments {
  const versions = new WeakMap<Payment, string>();

  async function find(orderId: string): Promise<Payment | undefined> {
    const found = await state.get<Payment>(keyOf(orderId));
    if (found) versions.set(found.value, found.etag);
    return found?.value;
  }

  /** @returns whether it was saved: not if somebody else was faster. */
  async function save(payment: Payment, from: Payment | undefined): Promise<boolean> {
    const etag = from && versions.get(from);
    try {
      await state.save(keyOf(payment.orderId), written(payment), etag ? { etag } : { create: true });
      return true;
    } catch (error) {
      if (error instanceof StateConflict) return false;
      throw error;
    }
  }

  async function change<P extends Payment>(
    orderId: string,
    first: Payment | undefined,
    next: (stored: Payment | undefined) => P,
  ): Promise<P> {
    let stored = first;
    for (let tries = 1; tries <= mostTries; tries++) {
      const payment = next(stored);
      if (payment === stored || (await save(payment, stored))) return payment;
      stored = await find(orderId);
    }
    throw new AppError("unavailable", `Others changed the payment of order ${orderId}`);
  }

  return {
    find,

    add: (payment) => change<Payment>(payment.orderId, undefined, (stored) => stored ?? payment),

    async restore(payment) {
      const { orderId } = payment;
      const kept = (stored?: Payment) => (stored && stored.status !== "barred" ? stored : payment);
      return change<Payment>(orderId, await find(orderId), kept);
    },

    async update(known, next) {
      const read = versions.has(known) ? known : await find(known.orderId);
      return change(known.orderId, read, (stored = known) => next(stored));
    },
  };
}

/** Replicas of the version before, which run beside ours during an upgrade, read a list in it. */
function written(payment: Payment): Payment {
  return payment.status === "barred" ? payment : { ...payment, ...{ seenEvents: [] } };
}

const keyOf = (orderId: string): string => `payment-${orderId}`;
