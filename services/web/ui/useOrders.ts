import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Order } from "../api/types.ts";
import { useShop } from "./useShop.ts";

/** This guest's orders, newest first, a page at a time. */
export function useOrders() {
  const { api, saw, announcement } = useShop();
  const [orders, setOrders] = useState<readonly Order[]>([]);
  const [cursor, setCursor] = useState<string>();
  const [loading, setLoading] = useState(true);
  const [error, setError] = useState<unknown>();
  const running = useRef(false);

  const load = useCallback(
    async (from?: string) => {
      if (running.current) return;
      running.current = true;
      setLoading(true);
      setError(undefined);
      try {
        const page = await api.orders(from);
        for (const order of page.orders) saw(order);
        setOrders((known) => (from ? [...known, ...page.orders] : page.orders));
        setCursor(page.nextCursor);
        if (from) announcement.set(`${page.orders.length} older orders`);
      } catch (failure) {
        setError(failure);
      } finally {
        running.current = false;
        setLoading(false);
      }
    },
    [api, saw, announcement],
  );
  useEffect(() => void load(), [load]);
  return { orders, loading, error, hasMore: cursor !== undefined, more: () => load(cursor), retry: () => load(cursor) };
}
