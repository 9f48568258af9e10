import { EventEmitter } from "node:events";
import type { Logger } from "#common/logging";
import type { OrderListener } from "../app/listeners.ts";
import type { OrderSnapshot } from "../domain/order.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";

/** Changes of orders as they happen. */
export type OrderFeed = {
  /** Calls back with every change of the order until the returned function is called. */
  watch(orderId: string, onChange: (order: OrderSnapshot) => void): () => void;
  /** Is told of the changes of this process. */
  hear: OrderListener;
  close(): void;
};

const pollMs = 1_000;

/** How many orders are looked at each time: a crowd of watchers must not become a load on the store. */
const mostLooks = 50;

/**
 * Tells watchers of changes: the ones of this process at once, the ones of other replicas by looking at watched orders
 * every second, in turn when there are many.
 */
export function orderFeed(orders: Pick<OrderRepository, "get">, logger: Logger): OrderFeed {
  const changes = new EventEmitter().setMaxListeners(0);
  const seen = new Map<string, number>();
  const tell = (order: OrderSnapshot): void => {
    const { id, version } = order;
    if (!seen.has(id) || seen.get(id) === version) return;
    seen.set(id, version);
    changes.emit(id, order);
  };
  const lookAt = async (id: string): Promise<void> => {
    const order = await orders.get(id);
    const version = seen.get(id);
    if (version === undefined) return;
    // To the end of the line.
    seen.delete(id);
    seen.set(id, version);
    if (order) tell(order.snapshot);
  };
  const look = async (): Promise<void> => {
    // At once, so that they are one question to the store.
    await Promise.all([...seen.keys()].slice(0, mostLooks).map(lookAt));
  };
  let timer = setTimeout(function poll() {
    look()
      .catch((error) => logger.warn("could not look for changes", { reason: String(error) }))
      .finally(() => {
        timer = setTimeout(poll, pollMs);
      });
  }, pollMs);

  return {
    watch(orderId, onChange) {
      if (!seen.has(orderId)) seen.set(orderId, 0);
      changes.on(orderId, onChange);
      return () => {
        changes.off(orderId, onChange);
        if (changes.listenerCount(orderId) === 0) seen.delete(orderId);
      };
    },
    hear: (order) => tell(order),
    close: () => clearTimeout(timer),
  };
}
