import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Order, OrderStatus } from "../api/types.ts";
import { words } from "../language/language.ts";
import { orderNumber, shortStatus } from "../order/words.ts";
import type { Orders } from "../orders/feed.ts";
import { useShop, useStore } from "./useShop.ts";
import { useVisible } from "./useVisible.ts";

/** This guest's orders as they move, said aloud when one does. */
export function useOrders(): Orders {
  const { orders } = useShop();
  const now = useStore(orders.store);
  useEffect(orders.follow, [orders]);
  useVisible(orders.wake);
  useAnnounced(now.orders);
  return now;
}

/** The way to older orders. */
export function useOlderOrders() {
  const { orders, announcement } = useShop();
  const [loading, setLoading] = useState(false);
  const [error, setError] = useState<unknown>();
  const running = useRef(false);
  const more = useCallback(async () => {
    if (running.current) return;
    running.current = true;
    setLoading(true);
    setError(undefined);
    try {
      announcement.set(words.orders.olderShown(await orders.more()));
    } catch (failure) {
      setError(failure);
    } finally {
      running.current = false;
      setLoading(false);
    }
  }, [orders, announcement]);
  return { loading, error, more };
}

function useAnnounced(orders: readonly Order[]) {
  const { announcement } = useShop();
  const known = useRef(new Map<string, OrderStatus>());
  useEffect(() => {
    const moved = orders.filter(({ id, status }) => (known.current.get(id) ?? status) !== status);
    known.current = new Map(orders.map(({ id, status }) => [id, status]));
    if (moved.length === 0) return;
    announcement.set(moved.map(({ id, status }) => words.order.moved(orderNumber(id), shortStatus(status))).join(". "));
  }, [orders, announcement]);
}
