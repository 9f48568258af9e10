import type { OrderRepository } from "../domain/orderRepository.ts";
import type { Now } from "./services.ts";

type Deps = { orders: Pick<OrderRepository, "backfill">; now: Now; clock: () => number };

/** For so many milliseconds at most in one round: this work gives way to who has a customer waiting. */
const budgetMs = 1_000;

/** Orders younger than this, in milliseconds, may still be on their way into the store. */
const settledMs = 60_000;

/**
 * One round over the orders that a version before has stored, so that all are found by all that this one finds them by. It
 * never ends, as a replica of that version may still run, or run again; orders of this version are merely looked at once.
 */
export function backfill({ orders, now, clock }: Deps): () => Promise<void> {
  return async () => {
    const end = clock() + budgetMs;
    const before = new Date(now().at.getTime() - settledMs);
    while (clock() < end) if ((await orders.backfill(before)) === "done") return;
  };
}
