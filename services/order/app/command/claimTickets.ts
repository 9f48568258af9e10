import type { Handler } from "#common/decorator/observed";
import { isKind } from "#common/errors";
import { oneAfterTheOther } from "#common/turns";
import type { Order, OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Now } from "../services.ts";

/** A kitchen has so many free cooks; what it gets is its alone for `leaseSeconds`. */
export type ClaimTickets = { kitchenId: string; count: number; leaseSeconds: number };

type Deps = { orders: Pick<OrderRepository, "cookable" | "update">; now: Now };

/** How often the list is read again when others took what it showed. */
const attempts = 3;

/**
 * Gives a kitchen what was paid first and nobody cooks. Of two who want the same order one gets it: each claim is a write
 * that demands the order as it was read. The kitchens of this process go one after the other, so that they rarely meet.
 */
export function claimTickets({ orders, now }: Deps): Handler<ClaimTickets, readonly OrderSnapshot[]> {
  const turn = oneAfterTheOther();

  /** @throws when nothing could be claimed and that says nothing of the orders. */
  async function claim(found: readonly Order[], by: string, until: Date): Promise<OrderSnapshot[]> {
    const claims = found.map(({ snapshot: { id } }) =>
      orders.update(id, (order) => order.claimFor({ by, until }, now())),
    );
    const outcomes = await Promise.allSettled(claims);
    const claimed = outcomes.flatMap((one) => (one.status === "fulfilled" ? [one.value.snapshot] : []));
    // Another kitchen was faster, or its money goes back.
    const failure = outcomes.find((one) => one.status === "rejected" && !isKind(one.reason, "conflict"));
    // What was claimed is its kitchen's, whatever became of the others: nobody else cooks it until the lease ends.
    if (failure?.status === "rejected" && claimed.length === 0) throw failure.reason;
    return claimed;
  }

  return ({ kitchenId, count, leaseSeconds }) =>
    turn(async () => {
      const mine: OrderSnapshot[] = [];
      for (let attempt = 0; attempt < attempts && mine.length < count; attempt++) {
        const { at } = now();
        const wanted = count - mine.length;
        const found = await orders.cookable(at, wanted);
        if (found.length === 0) break;
        const until = new Date(at.getTime() + leaseSeconds * 1_000);
        const claimed = claim(found, kitchenId, until);
        mine.push(...(await (mine.length > 0 ? claimed.catch(() => []) : claimed)));
        // It was the whole list: what others took of it is gone, and nothing else is there.
        if (found.length < wanted) break;
      }
      return mine;
    });
}
