import { type Api, createApi } from "./api/client.ts";
import { createCustomer, type Visitor } from "./api/customer.ts";
import { createSend } from "./api/http.ts";
import { createServerClock, type ServerClock } from "./api/serverClock.ts";
import type { Order, ShopCard } from "./api/types.ts";
import { shopCard } from "./card.ts";
import { contentOf, endAttemptOf } from "./cart/attempt.ts";
import { type Cart, emptyCart, keepKnown } from "./cart/cart.ts";
import { cartKey, type KeyValue, readCart, tolerantStorage, writeCart } from "./cart/storage.ts";
import { keepNotes, readWishes, type Wishes, wishesKey, writeWishes } from "./cart/wishes.ts";
import { speaker } from "./language/speaker.ts";
import { createMenu, type Menu } from "./menu/menu.ts";
import { openEventSource } from "./order/events.ts";
import { timers } from "./order/watch.ts";
import { tabs } from "./orders/channel.ts";
import { createOrdersFeed, type OrdersFeed } from "./orders/feed.ts";
import { turns } from "./orders/turns.ts";
import { createNavigator, type Navigator } from "./routing/navigator.ts";
import { createStore, type Store } from "./store.ts";

/** Everything that the views share. */
export type Shop = {
  api: Api;
  menu: Menu;
  orders: OrdersFeed;
  cart: Store<Cart>;
  /** What the guest says beside the cart. */
  wishes: Store<Wishes>;
  /** Who and where the shop is, as far as is known. */
  card: Store<ShopCard>;
  /** The page's language, by the tag of its catalogue. */
  language: Store<string>;
  /** Has the page speak another language from now on, on later visits too. */
  speakIn(language: string): void;
  storage: KeyValue;
  navigator: Navigator;
  clock: ServerClock;
  visitor: Store<Visitor>;
  /** What could not be ordered again, for the guest to read beside the rest. */
  leftOut: Store<readonly string[]>;
  /** Said to screen readers. */
  announcement: Store<string>;
  /** Orders seen lately, so that a view has something to show while it asks for news. */
  seen: Map<string, Order>;
  /** Told of every order that the guest has before their eyes. */
  saw(order: Order): void;
};

export function openShop(browser: Window & typeof globalThis): Shop {
  const clock = createServerClock(Date.now);
  const send = createSend(browser.fetch.bind(browser), { heard: clock.heard });
  const visitor = createStore<Visitor>({});
  const api = createApi(send, createCustomer(send, visitor.set));
  const storage = tolerantStorage(() => browser.localStorage);
  const cart = createStore(readCart(storage));
  const wishes = createStore(readWishes(storage));
  cart.subscribe(() => writeCart(storage, cart.get()));
  cart.subscribe(() => wishes.set(keepNotes(wishes.get(), cart.get())));
  wishes.subscribe(() => writeWishes(storage, wishes.get()));
  browser.addEventListener("storage", (event) => {
    if (event.key === cartKey || event.key === null) cart.set(readCart(storage));
    if (event.key === wishesKey || event.key === null) wishes.set(readWishes(storage));
  });
  const spoken = speaker(browser, storage);
  const menu = createMenu(api, spoken.language);
  menu.store.subscribe(() => {
    const now = menu.store.get();
    if (now.state === "ready") cart.set(keepKnown(cart.get(), now.products));
  });
  const takeTurn = "EventSource" in browser ? turns(browser) : undefined;
  const orders = createOrdersFeed({
    api,
    clock: timers,
    channel: tabs(browser),
    stream: takeTurn && { takeTurn, openEvents: openEventSource, url: () => api.eventsUrl() },
    isVisible: () => browser.document.visibilityState === "visible",
    random: Math.random,
  });
  browser.document.addEventListener("visibilitychange", orders.rest);
  const seen = new Map<string, Order>();
  return {
    api,
    menu,
    orders,
    cart,
    wishes,
    card: shopCard(api, storage, (listener) =>
      menu.store.subscribe(() => menu.store.get().state === "ready" && listener()),
    ),
    ...spoken,
    storage,
    navigator: createNavigator(browser),
    clock,
    visitor,
    leftOut: createStore<readonly string[]>([]),
    announcement: createStore(""),
    seen,
    saw(order) {
      seen.set(order.id, order);
      // The answer to it was lost: what is still in the cart has been ordered.
      const ordered = endAttemptOf(storage, order);
      if (ordered !== undefined && contentOf(cart.get(), wishes.get()) === ordered) cart.set(emptyCart);
    },
  };
}
