import type { Api } from "./api/client.ts";
import type { ShopCard } from "./api/types.ts";
import { createStore, type Store } from "./store.ts";

/** Who the shop is: asked once, and nobody waits for it, as all else works without. */
export function shopCard(api: Pick<Api, "shop">): Store<ShopCard> {
  const card = createStore<ShopCard>({ name: "Gorder", hours: [] });
  api.shop().then(card.set, () => undefined);
  return card;
}
