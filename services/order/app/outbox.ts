import type { Logger } from "#common/logging";
import type { Order, OrderSnapshot } from "../domain/order.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";
import type { Announce, Announcement, Now, Stock } from "./ports.ts";

/** Sends what orders have to tell. */
export type Outbox = {
  /** Sends a new order's events soon, without making its customer wait. What fails is left to {@link Outbox.sweep}. */
  send(order: Order): void;
  /** Sends what is due, again if need be. Safe on every replica at once: each order is claimed by one. */
  sweep(): Promise<void>;
};

type Dependencies = { orders: OrderRepository; stock: Stock; announce: Announce; now: Now; logger: Logger };

const largestBatch = 100;

/** Beyond this many, events wait in the store alone: a broker that is away must not fill the memory. */
const mostWaiting = 5_000;

/**
 * The outbox of orders. A broker's "sent" proves nothing, so an entry is closed by its effect: order.created by the
 * order moving on, order.cancelled by its items being back in stock.
 */
export function createOutbox({ orders, stock, announce, now, logger }: Dependencies): Outbox {
  let queue: Announcement[] = [];
  let sending = false;

  async function drain(): Promise<void> {
    sending = true;
    while (queue.length > 0) {
      const batch = queue.slice(0, largestBatch);
      queue = queue.slice(largestBatch);
      const failed = await announce(batch).catch((error) => {
        logger.warn("events stay in the outbox", { events: batch.length, reason: String(error) });
        return [];
      });
      if (failed.length > 0) logger.warn("events stay in the outbox", { events: failed.length });
    }
    sending = false;
  }

  function send(order: Order): void {
    if (queue.length >= mostWaiting) return;
    queue.push(...announcements(order.snapshot));
    if (!sending) void drain();
  }

  async function settleCancelled(order: Order, failed: readonly string[]): Promise<void> {
    for (const { id, type } of order.snapshot.outbox) {
      if (type !== "order.cancelled" || failed.includes(id)) continue;
      await stock.release(order.snapshot.id);
      await orders.update(order.snapshot.id, (current) => current.settle(id));
    }
  }

  async function sweep(): Promise<void> {
    let claimed: readonly Order[];
    do {
      claimed = await orders.claimDue(now().at, largestBatch);
      if (claimed.length === 0) return;
      const failed = await announce(claimed.flatMap((order) => announcements(order.snapshot)));
      for (const order of claimed) {
        await settleCancelled(order, failed).catch((error) =>
          logger.warn("a cancelled order still holds its items", { orderId: order.snapshot.id, reason: String(error) }),
        );
      }
    } while (claimed.length === largestBatch);
  }
  return { send, sweep };
}

function announcements(order: OrderSnapshot): Announcement[] {
  return order.outbox.map((entry) => ({ entry, order }));
}
