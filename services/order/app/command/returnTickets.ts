import type { Handler } from "#common/decorator/observed";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Now } from "../services.ts";

/** A kitchen will not finish what it claimed, but for some orders that it keeps. */
export type ReturnTickets = { kitchenId: string; keep: readonly string[] };

type Deps = { orders: Pick<OrderRepository, "claimedBy" | "update">; now: Now };

/**
 * Lets others cook what a kitchen gives back, at once. @returns how many orders that were.
 * @throws what one of them failed with, when all others are given back.
 */
export function returnTickets({ orders, now }: Deps): Handler<ReturnTickets, number> {
  return async ({ kitchenId, keep }) => {
    const kept = new Set(keep);
    const claimed = (await orders.claimedBy(kitchenId)).filter(({ snapshot: { id } }) => !kept.has(id));
    const outcomes = await Promise.allSettled(
      claimed.map(({ snapshot: { id } }) => orders.update(id, (order) => order.returnTicket(kitchenId, now()))),
    );
    const failure = outcomes.find(({ status }) => status === "rejected");
    if (failure?.status === "rejected") throw failure.reason;
    return claimed.length;
  };
}
