import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Shop } from "../shop.ts";
import type { Store } from "../store.ts";

export const ShopContext = createContext<Shop | undefined>(undefined);

export function useShop(): Shop {
  const shop = useContext(ShopContext);
  if (!shop) throw new Error("The shop is not open");
  return shop;
}

/** The store's value, now and after every change. */
export function useStore<T>(store: Store<T>): T {
  const [value, setValue] = useState(() => store.get());
  useEffect(() => {
    const update = () => setValue(() => store.get());
    // It may have changed between rendering and now.
    update();
    return store.subscribe(update);
  }, [store]);
  return value;
}
