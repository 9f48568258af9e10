import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Order } from "../api/types.ts";
import { withEstimate } from "../order/estimate.ts";
import { openEventSource } from "../order/events.ts";
import { timers, type Watch, watchOrder } from "../order/watch.ts";
import { useShop } from "./useShop.ts";
import { useVisible } from "./useVisible.ts";

/** The order as it moves. `update` shows what another call has learned. */
export function useOrder(orderId: string) {
  const { api, seen, saw, orders } = useShop();
  const [order, setOrder] = useState<Order | undefined>(() => seen.get(orderId));
  const [trouble, setTrouble] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const watch = useRef<Watch>(null);

  const update = useCallback(
    (next: Order) => {
      saw(next);
      orders.learn(next);
      setOrder((known) => (known && known.version > next.version ? known : withEstimate(next, known)));
    },
    [saw, orders],
  );

  useEffect(() => {
    const openEvents = "EventSource" in window ? openEventSource : undefined;
    const started = watchOrder(orderId, { api, openEvents, clock: timers, onOrder: update, onTrouble: setTrouble });
    watch.current = started;
    return started.stop;
  }, [orderId, api, update, attempt]);

  useVisible(useCallback(() => watch.current?.wake(), []));
  return { order, trouble, update, retry: () => setAttempt(attempt + 1) };
}
