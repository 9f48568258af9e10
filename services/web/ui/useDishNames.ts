import { type Named, nameOf } from "../menu/translated.ts";
import { useShop, useStore } from "./useShop.ts";

/** What the page calls dishes that were ordered, by the menu as it is known. */
export function useDishNames(): (item: Named) => string {
  const now = useStore(useShop().menu.store);
  const products = now.state === "ready" ? now.products : [];
  return (item) => nameOf(item, products);
}
