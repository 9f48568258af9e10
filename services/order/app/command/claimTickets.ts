import type { Handler } from "#common/decorator/observed";
import { isKind } from "#common/errors";
import { oneAfterTheOther } from "#common/turns";
import type { Order, OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Now } from "../ports.ts";

/** A kitchen has so many free cooks; what it gets is its alone for `leaseSeconds`. */
export type ClaimTickets = { kitchenId: string; count: number; leaseSeconds: number };

type Dependencies = { orders: Pick<OrderRepository, "cookable" | "update">; now: Now };

/** How often the list is read again when others took what it showed. */
const attempts = 3;

/**
 * Gives a kitchen what was paid first and nobody cooks. Of two who want the same order one gets it: each claim is a write
 * that demands the order as it was read. The kitchens of this process go one after the other, so that they rarely meet.
 */
export function claimTickets({ orders, now }: Dependencies): Handler<ClaimTickets, readonly OrderSnapshot[]> {
  const turn = oneAfterTheOther();

  async function claim(found: readonly Order[], by: string, until: Date): Promise<OrderSnapshot[]> {
    const claimed = await Promise.all(
      found.map(async ({ snapshot: { id } }) => {
        try {
          return (await orders.update(id, (order) => order.claimFor({ by, until }, now()))).snapshot;
        } catch (error) {
          // Another kitchen was faster, or its money goes back.
          if (!isKind(error, "conflict")) throw error;
          return undefined;
        }
      }),
    );
    return claimed.filter((order) => order !== undefined);
  }

  return ({ kitchenId, count, leaseSeconds }) =>
    turn(async () => {
      const mine: OrderSnapshot[] = [];
      for (let attempt = 0; attempt < attempts && mine.length < count; attempt++) {
        const { at } = now();
        const found = await orders.cookable(at, count - mine.length);
        if (found.length === 0) break;
        mine.push(...(await claim(found, kitchenId, new Date(at.getTime() + leaseSeconds * 1_000))));
      }
      return mine;
    });
}
