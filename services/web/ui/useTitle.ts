import { useEffect } from "preact/hooks";
import { useShop, useStore } from "./useShop.ts";

/** The document's title, with the shop's name behind it. */
export function useTitle(title: string) {
  const { name } = useStore(useShop().card);
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
}
