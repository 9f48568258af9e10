import type { Logger } from "#common/logging";
import type { OrderRepository } from "../domain/orderRepository.ts";
import type { Now } from "./services.ts";

/** Closes the outbox entry of an order's sale that was made. Lost with the process: then its effect is seen to again. */
export type CloseSoon = (orderId: string, entryId: string) => unknown;

/** How long an order's next write is waited for, in milliseconds: well within the time in which the outbox would look. */
const patienceMs = 1_000;

/**
 * An entry that is closed costs a write of its own, and most orders are written again a moment later: a sale is followed
 * by the kitchen's claim. So that write closes it too, and where none comes it is closed by itself. @returns the orders to
 * write through, the closing of entries, and its end, which closes what is left.
 */
export function closings(orders: OrderRepository, now: Now, logger: Logger) {
  const open = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;

  const update: OrderRepository["update"] = async (id, change) => {
    const entryId = open.get(id);
    if (entryId === undefined) return orders.update(id, change);
    const order = await orders.update(id, (current) => {
      const isClosed = current.closeSale(entryId, now());
      return change(current) || isClosed;
    });
    open.delete(id);
    return order;
  };

  async function closeAll(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const due = [...open];
    open.clear();
    const close = ([id, entryId]: readonly [string, string]) =>
      orders.update(id, (order) => order.closeSale(entryId, now()));
    const failed = (await Promise.allSettled(due.map(close))).filter(({ status }) => status === "rejected");
    // The outbox sees to them again.
    if (failed.length > 0) logger.warn("entries of the outbox stay", { orders: failed.length });
  }

  const closeSoon: CloseSoon = (orderId, entryId) => {
    open.set(orderId, entryId);
    timer ??= setTimeout(closeAll, patienceMs);
  };
  return { orders: { ...orders, update }, closeSoon, stop: closeAll };
}
