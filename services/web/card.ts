import type { Api } from "./api/client.ts";
import type { ShopCard } from "./api/types.ts";
import type { KeyValue } from "./cart/storage.ts";
import { createStore, type Store } from "./store.ts";

const cardKey = "gorder.shop";
const nobody: ShopCard = { name: "", hours: [] };

/**
 * Who the shop is: what an earlier visit heard until it is asked again, so that no other name is ever seen; on the first
 * visit its name is empty until then. Nobody waits for it, as all else works without; unanswered, it is asked again when
 * the server has answered something else.
 */
export function shopCard(
  api: Pick<Api, "shop">,
  storage: Pick<KeyValue, "getItem" | "setItem">,
  onAnswer?: (listener: () => void) => void,
): Store<ShopCard> {
  const card = createStore<ShopCard>(readKept(storage) ?? nobody);
  let isAsked = false;
  function ask() {
    if (isAsked) return;
    isAsked = true;
    api.shop().then(
      (now) => {
        storage.setItem(cardKey, JSON.stringify(now));
        card.set(now);
      },
      () => {
        isAsked = false;
      },
    );
  }
  ask();
  onAnswer?.(ask);
  return card;
}

function readKept(storage: Pick<KeyValue, "getItem">): ShopCard | undefined {
  try {
    const card = JSON.parse(storage.getItem(cardKey) ?? "{}") as Partial<ShopCard>;
    return typeof card.name === "string" && Array.isArray(card.hours) ? { ...nobody, ...card } : undefined;
  } catch {
    return undefined;
  }
}
