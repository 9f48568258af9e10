import { useShop, useStore } from "./useShop.ts";
import { useTitle } from "./useTitle.ts";

/** The document's title, with the shop's name behind it. */
export function useShopTitle(title: string) {
  const { name } = useStore(useShop().card);
  useTitle(title, name);
}
