import { type Api, createApi } from "./api/client.ts";
import { createCustomer } from "./api/customer.ts";
import { createSend } from "./api/http.ts";
import type { Order } from "./api/types.ts";
import { type Cart, keepKnown } from "./cart/cart.ts";
import { cartKey, type KeyValue, readCart, tolerantStorage, writeCart } from "./cart/storage.ts";
import { createMenu, type Menu } from "./menu/menu.ts";
import { createNavigator, type Navigator } from "./routing/navigator.ts";
import { createStore, type Store } from "./store.ts";

/** Everything that the views share. */
export type Shop = {
  api: Api;
  menu: Menu;
  cart: Store<Cart>;
  storage: KeyValue;
  navigator: Navigator;
  /** Said to screen readers. */
  announcement: Store<string>;
  /** Orders seen lately, so that a view has something to show while it asks for news. */
  seen: Map<string, Order>;
};

export function openShop(browser: Window & typeof globalThis): Shop {
  const send = createSend(browser.fetch.bind(browser));
  const api = createApi(send, createCustomer(send));
  const storage = tolerantStorage(() => browser.localStorage);
  const cart = createStore(readCart(storage));
  cart.subscribe(() => writeCart(storage, cart.get()));
  browser.addEventListener("storage", (event) => {
    if (event.key === cartKey || event.key === null) cart.set(readCart(storage));
  });
  const menu = createMenu(api);
  menu.store.subscribe(() => {
    const now = menu.store.get();
    if (now.state === "ready") cart.set(keepKnown(cart.get(), now.products));
  });
  return {
    api,
    menu,
    cart,
    storage,
    navigator: createNavigator(browser),
    announcement: createStore(""),
    seen: new Map(),
  };
}
