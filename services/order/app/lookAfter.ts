import type { Logger } from "#common/logging";
import type { OrderSnapshot } from "../domain/order.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";
import type { CheckoutStatus, InTrace, Now, Payments } from "./ports.ts";

type Dependencies = {
  orders: OrderRepository;
  payments: Payments;
  expire: (order: OrderSnapshot) => Promise<void>;
  reconcile: (order: OrderSnapshot, payment: CheckoutStatus) => Promise<void>;
  now: Now;
  inTrace: InTrace;
  logger: Logger;
};

/** How many orders are claimed at once, and how often in one round: this work gives way to who has a customer waiting. */
const largestBatch = 50;
const mostBatches = 20;

/** How many orders are seen to at once: each takes some calls to other services. */
const atOnce = 10;

/**
 * One round over the orders that have rested long enough: unpaid ones whose time is over expire, the others are
 * reconciled. Each is claimed by one replica, and looked at again later whatever becomes of it here.
 */
export function lookAfter({
  orders,
  payments,
  expire,
  reconcile,
  now,
  inTrace,
  logger,
}: Dependencies): () => Promise<void> {
  const isExpired = ({ status, expiresAt }: OrderSnapshot) =>
    expiresAt <= now().at && (status === "pending" || status === "waiting_for_payment");

  /** @returns whether anything could be done. */
  async function seeTo(claimed: readonly OrderSnapshot[]): Promise<boolean> {
    const resting = claimed.filter((order) => !isExpired(order));
    const found = resting.length > 0 ? await payments.find(resting.map(({ id }) => id)) : [];
    const done = await Promise.all([
      ...claimed.filter(isExpired).map((order) => tried(order, () => expire(order))),
      ...resting.map((order, index) => tried(order, () => reconcile(order, found[index]?.status ?? "unknown"))),
    ]);
    return done.includes(true);
  }

  /** One order that cannot be seen to does not keep the others. */
  const tried = ({ id: orderId, status, traceparent }: OrderSnapshot, work: () => Promise<void>): Promise<boolean> =>
    inTrace("look after order", traceparent, work).then(
      () => true,
      (error) => {
        logger.warn("an order goes on resting", { orderId, status, reason: String(error) });
        return false;
      },
    );

  return async () => {
    for (let batch = 0; batch < mostBatches; batch++) {
      const claimed = (await orders.claimResting(now().at, largestBatch)).map(({ snapshot }) => snapshot);
      for (let from = 0; from < claimed.length; from += atOnce) {
        // Whoever is away is not asked a thousand times.
        if (!(await seeTo(claimed.slice(from, from + atOnce)))) return;
      }
      if (claimed.length < largestBatch) return;
    }
  };
}
