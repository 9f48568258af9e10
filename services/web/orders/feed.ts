import type { Api } from "../api/client.ts";
import type { Order } from "../api/types.ts";
import { isFinal } from "../order/status.ts";
import type { Clock } from "../order/watch.ts";
import { createStore, type Store } from "../store.ts";
import { merge, mergeNewest } from "./merge.ts";
import { pause } from "./pause.ts";
import { type StreamMeans, sharedStream } from "./stream.ts";

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
  /** The page went to the back: another tab may have the stream. */
  rest(): void;
};

/** Orders that a tab has heard of; `flowing` says how the stream is doing, by the tab that has it. */
export type News = { orders: readonly Order[]; flowing?: boolean | undefined };

/** Carries news to the guest's other tabs and from them. */
export type Channel = { post(news: News): void; listen(hear: (news: News) => void): void };

type Means = {
  api: Pick<Api, "orders">;
  clock: Clock;
  channel: Channel;
  /** Undefined where the browser cannot share a stream: then all is read. */
  stream: StreamMeans | undefined;
  isVisible(): boolean;
  random(): number;
};

/**
 * All of a guest's orders, live: while some are open and somebody looks, the newest page is read again and again, ever
 * less often while nothing changes. Tabs share what they read: the first to read spares the others their turn. They share
 * one stream too, and while it flows all read as seldom as if nothing changed.
 */
export function createOrdersFeed({ api, clock, channel, stream, isVisible, random }: Means): OrdersFeed {
  const store = createStore<Orders>({ orders: [], loaded: false, trouble: undefined, cursor: undefined });
  let followers = 0;
  let reading = false;
  let quiet = 0;
  let failures = 0;
  /** Whether changes come by a stream, this tab's or another's. */
  let flowing = false;
  let isOurs = false;
  let cancelRead = () => {};
  const learned = new Set<string>();

  const set = (changes: Partial<Orders>) => store.set({ ...store.get(), ...changes });

  const share = (orders: readonly Order[]) => channel.post({ orders, flowing: isOurs ? flowing : undefined });
  const wantStream = sharedStream(stream, {
    clock,
    random,
    onOrder(order) {
      flowing = true;
      const isNews = take([order]);
      share([order]);
      return isNews;
    },
    onSilence() {
      isOurs = true;
      noteFlow(false);
      share([]);
    },
  });

  /** A reading that is due is put off by no stream that does not flow. */
  function noteFlow(flows: boolean) {
    const didFlow = flowing;
    flowing = flows;
    if (flows || !didFlow) return;
    quiet = 0;
    if (!reading) schedule();
  }

  const isAnyOpen = () => store.get().orders.some(({ status }) => !isFinal(status));

  /** Whoever does not look leaves the stream to others. */
  function lookForStream() {
    const wanted = followers > 0 && isVisible() && isAnyOpen();
    if (!wanted) isOurs = flowing = false;
    wantStream(wanted);
  }

  function schedule() {
    cancelRead();
    lookForStream();
    const { loaded, trouble } = store.get();
    if (followers === 0 || (loaded && !isAnyOpen() && trouble === undefined)) return;
    cancelRead = clock.after(pause(flowing ? Number.POSITIVE_INFINITY : quiet, failures, random()), read);
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
      const isNews = hasChanged(orders, next);
      // A connection can die without a word: what it should have told shows that nothing comes any more.
      if (isNews) flowing = false;
      quiet = isNews ? 0 : quiet + 1;
      const isFirst = !loaded || cursor === undefined;
      set({ orders: next, loaded: true, trouble: undefined, cursor: isFirst ? page.nextCursor : cursor });
      share(page.orders);
    } catch (trouble) {
      failures += 1;
      set({ trouble });
    }
    reading = false;
    schedule();
  }

  /** @returns whether it was news. */
  function take(news: readonly Order[]): boolean {
    const { orders } = store.get();
    const next = merge(orders, news);
    const isNews = hasChanged(orders, next);
    for (const { id } of news) learned.add(id);
    if (!isNews) quiet += 1;
    else {
      quiet = 0;
      set({ orders: next, trouble: undefined });
    }
    if (!reading) schedule();
    return isNews;
  }

  channel.listen(({ orders, flowing: flows }) => {
    if (flows !== undefined) noteFlow(flows);
    if (orders.length > 0) take(orders);
  });
  return {
    store,
    follow() {
      followers += 1;
      if (followers === 1) void read();
      return () => {
        followers -= 1;
        if (followers === 0) schedule();
      };
    },
    learn(order) {
      take([order]);
      share([order]);
    },
    async more() {
      const page = await api.orders(store.get().cursor);
      set({ orders: merge(store.get().orders, page.orders), cursor: page.nextCursor });
      return page.orders.length;
    },
    wake() {
      quiet = 0;
      flowing = false;
      void read();
    },
    rest: lookForStream,
  };
}

function hasChanged(before: readonly Order[], after: readonly Order[]): boolean {
  return (
    before.length !== after.length ||
    after.some((order, index) => order.id !== before[index]?.id || order.version !== before[index]?.version)
  );
}
