import type { Handler } from "#common/decorator/observed";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Now } from "../services.ts";

/** A guest has signed in: whom their orders are of, and whose they become. */
export type HandOver = { guestId: string; accountId: string };

/** More orders than a guest has under way by far. */
const most = 100;

/**
 * A guest's orders go over to their account, but those that came to nothing. Repeating it takes what was left, and what
 * has gone over is not touched again. @returns how many went over.
 */
export function handOver({ orders, now }: { orders: OrderRepository; now: Now }): Handler<HandOver, number> {
  return async ({ guestId, accountId }) => {
    const theirs = await orders.list(guestId, { limit: most });
    const went = await Promise.all(
      theirs.map(async ({ snapshot: { id } }) => {
        let isNew = false;
        await orders.update(id, (order) => {
          isNew = order.handOver(guestId, accountId, now());
          return isNew;
        });
        return isNew;
      }),
    );
    return went.filter(Boolean).length;
  };
}
