import { useCallback, useRef, useState } from "preact/hooks";
import { ApiError, isPassing } from "../api/errors.ts";
import type { Order } from "../api/types.ts";
import { isPlainClick } from "../routing/route.ts";
import { useShop } from "./useShop.ts";
import { useVisible } from "./useVisible.ts";

/**
 * Leads to the payment page once the shop answers that the order still waits: whoever pays has to come back here, and a
 * browser's own error page says nothing of what became of the order. The shop hears of it too, and holds the order for longer.
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

  /** The order, where a replica of the version before knows no better. */
  async function askAsBefore(refusal: unknown): Promise<Order | undefined> {
    if (!(refusal instanceof ApiError) || refusal.status !== 404) throw refusal;
    return (await api.order(id))?.order;
  }

  async function ask(link: string) {
    if (running.current) return;
    running.current = true;
    setAsking(true);
    setError(undefined);
    try {
      const order = await api.pay(id).catch(askAsBefore);
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
    // In a tab of its own the browser opens the page at once.
    if (!isPlainClick(event)) return void api.pay(id).then(update, () => {});
    event.preventDefault();
    void ask((event.currentTarget as HTMLAnchorElement).href);
  }
  return { asking, error, go };
}
