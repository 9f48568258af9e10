import { useCallback, useRef, useState } from "preact/hooks";
import { isPassing } from "../api/errors.ts";
import type { Order } from "../api/types.ts";
import { isPlainClick } from "../routing/route.ts";
import { useShop } from "./useShop.ts";
import { useVisible } from "./useVisible.ts";

/**
 * Leads to the payment page once the shop answers that the order still waits: whoever pays has to come back here, and a
 * browser's own error page says nothing of what became of the order.
 */
export function useWayToPay({ id }: Order, update: (order: Order) => void) {
  const { api } = useShop();
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>();
  const running = useRef(false);
  const rest = useCallback(() => {
    running.current = false;
    setAsking(false);
    setError(undefined);
  }, []);
  // Also when the browser brings the page back as it was left.
  useVisible(rest);

  async function ask(link: string) {
    if (running.current) return;
    running.current = true;
    setAsking(true);
    setError(undefined);
    try {
      const order = (await api.order(id))?.order;
      if (order?.status === "waiting_for_payment") return window.location.assign(order.paymentLink ?? link);
      if (order) update(order);
    } catch (failure) {
      // The page that follows the order tells a refusal.
      if (isPassing(failure)) setError(failure);
    }
    running.current = false;
    setAsking(false);
  }

  function go(event: MouseEvent) {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    void ask((event.currentTarget as HTMLAnchorElement).href);
  }
  return { asking, error, go };
}
