import type { Api } from "../api/client.ts";
import type { Order } from "../api/types.ts";
import { isFinal } from "../order/status.ts";
import type { Clock } from "../order/watch.ts";
import { createStore, type Store } from "../store.ts";
import { merge, mergeNewest } from "./merge.ts";
import { pause } from "./pause.ts";

/** The guest's orders as far as they are known, newest first. */
export type Orders = {
  orders: readonly Order[];
  /** Whether the newest ones were read at all. */
  loaded: boolean;
  /** What keeps them from being read; `undefined` once that is over. */
  trouble: unknown;
  /** Leads to older ones. */
  cursor: string | undefined;
};

export type OrdersFeed = {
  store: Store<Orders>;
  /** Keeps the orders up to date until the returned function is called. */
  follow(): () => void;
  /** Takes in what another call has learned, and tells the other tabs. */
  learn(order: Order): void;
  /** Reads the next older ones. Throws as {@link Api.orders}. @returns how many came. */
  more(): Promise<number>;
  /** The page came back to the front, or online: look at once. */
  wake(): void;
};

/** Carries orders to the guest's other tabs and from them. */
export type Channel = { post(orders: readonly Order[]): void; listen(hear: (orders: readonly Order[]) => void): void };

type Means = { api: Pick<Api, "orders">; clock: Clock; channel: Channel; isVisible(): boolean; random(): number };

/**
 * All of a guest's orders, live: while some are open and somebody looks, the newest page is read again and again, ever
 * less often while nothing changes. Tabs share what they read: the first to read spares the others their turn.
 */
export function createOrdersFeed({ api, clock, channel, isVisible, random }: Means): OrdersFeed {
  const store = createStore<Orders>({ orders: [], loaded: false, trouble: undefined, cursor: undefined });
  let followers = 0;
  let reading = false;
  let quiet = 0;
  let failures = 0;
  let cancelRead = () => {};
  const learned = new Set<string>();

  const set = (changes: Partial<Orders>) => store.set({ ...store.get(), ...changes });

  function schedule() {
    cancelRead();
    const { orders, loaded, trouble } = store.get();
    const isOpen = orders.some(({ status }) => !isFinal(status));
    if (followers === 0 || (loaded && !isOpen && trouble === undefined)) return;
    cancelRead = clock.after(pause(quiet, failures, random()), read);
  }

  async function read() {
    cancelRead();
    if (reading || followers === 0) return;
    if (!isVisible()) return schedule();
    reading = true;
    learned.clear();
    try {
      const page = await api.orders();
      failures = 0;
      const { orders, loaded, cursor } = store.get();
      const next = mergeNewest(orders, page, learned);
      quiet = hasChanged(orders, next) ? 0 : quiet + 1;
      const isFirst = !loaded || cursor === undefined;
      set({ orders: next, loaded: true, trouble: undefined, cursor: isFirst ? page.nextCursor : cursor });
      channel.post(page.orders);
    } catch (trouble) {
      failures += 1;
      set({ trouble });
    }
    reading = false;
    schedule();
  }

  function take(news: readonly Order[]) {
    const { orders } = store.get();
    const next = merge(orders, news);
    for (const { id } of news) learned.add(id);
    if (!hasChanged(orders, next)) quiet += 1;
    else {
      quiet = 0;
      set({ orders: next, trouble: undefined });
    }
    if (!reading) schedule();
  }

  channel.listen(take);
  return {
    store,
    follow() {
      followers += 1;
      if (followers === 1) void read();
      return () => {
        followers -= 1;
        if (followers === 0) cancelRead();
      };
    },
    learn(order) {
      take([order]);
      channel.post([order]);
    },
    async more() {
      const page = await api.orders(store.get().cursor);
      set({ orders: merge(store.get().orders, page.orders), cursor: page.nextCursor });
      return page.orders.length;
    },
    wake() {
      quiet = 0;
      void read();
    },
  };
}

function hasChanged(before: readonly Order[], after: readonly Order[]): boolean {
  return (
    before.length !== after.length ||
    after.some((order, index) => order.id !== before[index]?.id || order.version !== before[index]?.version)
  );
}
