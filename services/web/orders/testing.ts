import type { OrderPage } from "../api/types.ts";
import type { OpenEvents } from "../order/events.ts";
import { anOrder } from "../testing.ts";
import { type Channel, createOrdersFeed, type News } from "./feed.ts";
import type { TakeTurn } from "./turns.ts";

/** A line of tabs, as a browser's lock makes one: a turn comes later, never at once, and ends before the next begins. */
export function aLine(): TakeTurn {
  const waiting: (() => void)[] = [];
  let taken = false;
  const next = () => {
    if (!taken) waiting.shift()?.();
  };
  return (begin) => {
    let end: (() => void) | undefined;
    const start = () => {
      taken = true;
      end = begin();
    };
    waiting.push(start);
    setImmediate(next);
    return () => {
      if (end) {
        end();
        end = undefined;
        taken = false;
      } else if (waiting.includes(start)) waiting.splice(waiting.indexOf(start), 1);
      setImmediate(next);
    };
  };
}

/** Lets everything happen that waits for no clock. */
export const flush = () => new Promise((resolve) => setImmediate(resolve));

/** How a tab hears another. */
export type Hear = (news: News) => void;

/** A tab with a server to ask and a clock to turn; tabs of one `bus` hear each other, and share a stream by a line. */
export function aTab(bus: Hear[] = [], takeTurn: TakeTurn | undefined = undefined) {
  const timers = new Map<() => void, number>();
  const tab = {
    page: { orders: [anOrder(["pending", "waiting_for_payment", "paid"])] } as OrderPage | Error,
    reads: 0,
    visible: true,
  };
  const streams: { on: Parameters<OpenEvents>[1]; closed: boolean }[] = [];
  let mine: Hear = () => {};
  const channel: Channel = {
    post: (news) => bus.filter((hear) => hear !== mine).forEach((hear) => void hear(news)),
    listen(hear) {
      mine = hear;
      bus.push(hear);
    },
  };
  const feed = createOrdersFeed({
    api: {
      async orders() {
        tab.reads += 1;
        if (tab.page instanceof Error) throw tab.page;
        return tab.page;
      },
    },
    clock: {
      after(ms, act) {
        const timer = () => act();
        timers.set(timer, ms);
        return () => timers.delete(timer);
      },
    },
    channel,
    stream: takeTurn && {
      takeTurn,
      url: async () => "/orders/events",
      openEvents(_, on) {
        const stream = { on, closed: false };
        streams.push(stream);
        return () => {
          stream.closed = true;
        };
      },
    },
    isVisible: () => tab.visible,
    random: () => 0,
  });
  const pass = async () => {
    for (const timer of [...timers.keys()]) if (timers.delete(timer)) timer();
    await flush();
  };
  const statuses = () => feed.store.get().orders.map(({ status }) => status);
  return { ...feed, tab, streams, pass, statuses, waiting: () => [...timers.values()] };
}
