import type { Logger } from "#common/logging";
import type { OrderSnapshot } from "../domain/order.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { isOpen } from "../domain/status.ts";
import type { CheckoutStatus, InTrace, Now, Payments } from "./services.ts";

type Deps = {
  orders: OrderRepository;
  payments: Payments;
  expire: (order: OrderSnapshot) => Promise<void>;
  reconcile: (order: OrderSnapshot, payment: CheckoutStatus) => Promise<void>;
  now: Now;
  inTrace: InTrace;
  logger: Logger;
};

/** How many orders are claimed, and seen to, at once: each takes some calls to other services. */
const atOnce = 10;

/** How often in one round: this work gives way to who has a customer waiting. */
const mostBatches = 100;

/**
 * One round over the orders that have rested long enough: unpaid ones whose time is over expire, the others are
 * reconciled. Each is claimed by one replica, the longest waiting first, and looked at again later whatever becomes of it
 * here. Only what is tried is claimed: the next round begins with what this one did not come to.
 */
export function lookAfter({ orders, payments, expire, reconcile, now, inTrace, logger }: Deps): () => Promise<void> {
  const isExpired = ({ status, expiresAt }: OrderSnapshot) => expiresAt <= now().at && isOpen(status);

  /** @returns whether anything could be done. */
  async function seeTo(claimed: readonly OrderSnapshot[]): Promise<boolean> {
    const resting = claimed.filter((order) => !isExpired(order));
    // Of one without a link payment may know nothing, and need not be there to say so.
    const linked = resting.filter(({ status }) => status !== "pending");
    const asked = linked.length > 0 ? askTogether(linked.map(({ id }) => id)) : undefined;
    const statusOf = async (order: OrderSnapshot) => {
      const index = linked.indexOf(order);
      if (index < 0) return "unknown";
      const payment = (await asked)?.[index] ?? (await payments.find([order.id]))[0];
      return payment?.status ?? "unknown";
    };
    const compare = async (order: OrderSnapshot) => reconcile(order, await statusOf(order));
    const done = await Promise.all([
      ...claimed.filter(isExpired).map((order) => attempt(order, () => expire(order))),
      ...resting.map((order) => attempt(order, () => compare(order))),
    ]);
    return done.includes(true);
  }

  /** Undefined when payment cannot tell of all of them: each is asked about alone then, as it may be one that is unclear. */
  const askTogether = (orderIds: readonly string[]) => payments.find(orderIds).catch(() => undefined);

  /** One order that cannot be seen to does not keep the others. */
  const attempt = ({ id: orderId, status, traceparent }: OrderSnapshot, work: () => Promise<void>): Promise<boolean> =>
    inTrace("look after order", traceparent, work).then(
      () => true,
      (error) => {
        logger.warn("an order goes on resting", { orderId, status, reason: String(error) });
        return false;
      },
    );

  return async () => {
    for (let batch = 0; batch < mostBatches; batch++) {
      const claimed = (await orders.claimResting(now().at, atOnce)).map(({ snapshot }) => snapshot);
      // Whoever is away is not asked a thousand times.
      if (claimed.length === 0 || !(await seeTo(claimed))) return;
    }
  };
}
