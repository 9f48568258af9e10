import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ApiError, ConnectionError, isPassing } from "../api/errors.ts";
import type { PriceChange, Shortage } from "../api/types.ts";
import { emptyCart } from "../cart/cart.ts";
import { placeOrder } from "../cart/placeOrder.ts";
import { shortagesOf } from "../cart/shortages.ts";
import { pathOf } from "../routing/route.ts";
import { useShop, useStore } from "./useShop.ts";

export type OrderFailure = {
  error: unknown;
  passing: boolean;
  shortages: readonly Shortage[];
  priceChanges: readonly PriceChange[];
};

/** Orders the cart and moves on to the order; a second click while it runs does nothing. */
export function usePlaceOrder() {
  const { api, storage, cart, wishes, language, menu, navigator, seen, clock, orders, leftOut } = useShop();
  const [placing, setPlacing] = useState(false);
  const [failure, setFailure] = useState<OrderFailure>();
  const running = useRef(false);
  const content = useStore(cart);
  // What was said of the old cart need not hold for the new one.
  useEffect(() => setFailure(undefined), [content]);
  // "No connection" is over once the network is back, or the menu was read again.
  const shown = useStore(menu.store);
  const reached = useCallback(
    () => setFailure((known) => (known?.error instanceof ConnectionError ? undefined : known)),
    [],
  );
  useEffect(reached, [shown, reached]);
  useEffect(() => {
    window.addEventListener("online", reached);
    return () => window.removeEventListener("online", reached);
  }, [reached]);

  const closed = shown.state === "ready" ? shown.closed : undefined;
  const products = () => {
    const now = menu.store.get();
    return now.state === "ready" ? now.products : [];
  };

  async function place() {
    if (running.current || closed !== undefined) return;
    running.current = true;
    setPlacing(true);
    setFailure(undefined);
    const ordered = cart.get();
    try {
      const order = await placeOrder(
        { api, storage, now: clock.now, shown: products, wishes: wishes.get(), language: language.get() },
        ordered,
      );
      seen.set(order.id, order);
      orders.learn(order);
      leftOut.set([]);
      if (cart.get() === ordered) cart.set(emptyCart);
      navigator.go(pathOf({ view: "order", orderId: order.id }));
      void menu.refresh();
    } catch (error) {
      const code = error instanceof ApiError ? error.code : "";
      const shortages = error instanceof ApiError && code === "out-of-stock" ? shortagesOf(error, ordered) : [];
      const priceChanges = error instanceof ApiError ? error.priceChanges : [];
      setFailure({ error, passing: isPassing(error), shortages, priceChanges });
      menu.correct(priceChanges);
      if (code === "out-of-stock" || code === "shop-closed") void menu.refresh();
    } finally {
      running.current = false;
      setPlacing(false);
    }
  }
  return { placing, failure, closed, place };
}
