import type { Handler } from "#common/decorator/observed";
import { isKind } from "#common/errors";
import type { Logger } from "#common/logging";
import { oneAfterTheOther } from "#common/turns";
import type { Order, OrderSnapshot } from "../../domain/order.ts";
import type { OrderRepository } from "../../domain/orderRepository.ts";
import type { Now } from "../services.ts";

/** A kitchen has so many free cooks; what it gets is its alone for `leaseSeconds`. */
export type ClaimTickets = { kitchenId: string; count: number; leaseSeconds: number };

type Deps = { orders: Pick<OrderRepository, "cookable" | "update">; now: Now; logger: Logger };

/** How often the list is read again when others took what it showed. */
const attempts = 3;

/** For how long a ticket that could not be claimed is only tried after all others, in milliseconds, and of how many that is known. */
const [troubledMs, mostTroubled] = [60_000, 1_000];

/**
 * Gives a kitchen what was paid first and nobody cooks. Of two who want the same order one gets it: each claim is a write
 * that demands the order as it was read. The kitchens of this process go one after the other, so that they rarely meet.
 * Orders that cannot be claimed keep no other waiting: they go to the end of the line for a while.
 */
export function claimTickets({ orders, now, logger }: Deps): Handler<ClaimTickets, readonly OrderSnapshot[]> {
  const turn = oneAfterTheOther();
  /** Until when, by the order's id. */
  const troubled = new Map<string, number>();

  function recordTrouble(orderId: string, reason: unknown): void {
    if (!troubled.has(orderId)) logger.warn("a ticket cannot be claimed", { orderId, reason: String(reason) });
    if (troubled.size < mostTroubled) troubled.set(orderId, now().at.getTime() + troubledMs);
  }

  function forgetOldTrouble(): void {
    for (const [orderId, until] of troubled) if (until <= now().at.getTime()) troubled.delete(orderId);
  }

  /** What was claimed is its kitchen's, whatever became of the others: nobody else cooks it until the lease ends. */
  async function claim(found: readonly Order[], by: string, until: Date) {
    const claimed: OrderSnapshot[] = [];
    let failure: unknown;
    const claims = found.map(async ({ snapshot: { id } }) => {
      try {
        claimed.push((await orders.update(id, (order) => order.claimFor({ by, until }, now()))).snapshot);
        troubled.delete(id);
      } catch (error) {
        // Another kitchen was faster, or its money goes back.
        if (isKind(error, "conflict")) return;
        if (!troubled.has(id)) failure = error;
        recordTrouble(id, error);
      }
    });
    await Promise.all(claims);
    const order = new Map(found.map(({ snapshot: { id } }, index) => [id, index]));
    return { claimed: claimed.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)), failure };
  }

  /** @throws when nothing could be claimed and that says nothing of the orders. */
  return ({ kitchenId, count, leaseSeconds }) =>
    turn(async () => {
      forgetOldTrouble();
      const mine: OrderSnapshot[] = [];
      let failed: unknown;
      for (let attempt = 0; attempt < attempts && mine.length < count; attempt++) {
        const { at } = now();
        const wanted = count - mine.length;
        const most = wanted + troubled.size;
        const found = await orders.cookable(at, most);
        const [last, first] = partition(found, ({ snapshot: { id } }) => troubled.has(id));
        const tried = [...first, ...last].slice(0, wanted);
        if (tried.length === 0) break;
        const { claimed, failure } = await claim(tried, kitchenId, new Date(at.getTime() + leaseSeconds * 1_000));
        mine.push(...claimed);
        failed ??= failure;
        // Nothing of many: that is the store's trouble, and no order's.
        if (failure && claimed.length === 0 && tried.length > 1) break;
        // It was the whole list: what others took of it is gone, and nothing else is there.
        if (found.length < most) break;
      }
      if (mine.length === 0 && failed) throw failed;
      return mine;
    });
}

function partition<T>(all: readonly T[], isIn: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isIn), all.filter((one) => !isIn(one))];
}
