import type { Handler } from "#common/decorator/observed";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Now } from "../services.ts";

/** A kitchen will not finish what it claimed, but for some orders that it keeps. */
export type ReturnTickets = { kitchenId: string; keep: readonly string[] };

type Deps = { orders: Pick<OrderRepository, "claimedBy" | "update">; now: Now };

/** Lets others cook what a kitchen gives back, at once. @returns how many orders that were. */
export function returnTickets({ orders, now }: Deps): Handler<ReturnTickets, number> {
  return async ({ kitchenId, keep }) => {
    const kept = new Set(keep);
    const claimed = (await orders.claimedBy(kitchenId)).filter(({ snapshot: { id } }) => !kept.has(id));
    await Promise.all(
      claimed.map(({ snapshot: { id } }) => orders.update(id, (order) => order.returnTicket(kitchenId, now()))),
    );
    return claimed.length;
  };
}
