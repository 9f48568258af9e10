import { expect, test, vi } from "vitest";
import { ApiError, ConnectionError } from "../api/errors.ts";
import type { Order } from "../api/types.ts";
import { anOrder } from "../testing.ts";
import type { OpenEvents } from "./events.ts";
import { watchOrder } from "./watch.ts";

const placed = anOrder(["pending"]);
const payable = anOrder(["pending", "waiting_for_payment"]);
const ready = anOrder(["pending", "waiting_for_payment", "paid", "ready"]);

/** A world with a server to ask, streams to break and a clock to turn. */
function aWorld({ events = true } = {}) {
  const streams: { on: Parameters<OpenEvents>[1]; closed: boolean }[] = [];
  const timers = new Map<() => void, number>();
  const seen: string[] = [];
  const troubles: unknown[] = [];
  const world = {
    now: placed as Order | Error,
    polls: 0,
    etags: [] as (string | undefined)[],
    streams,
    seen,
    troubles,
  };
  const api = {
    async order(_: string, etag?: string) {
      world.polls += 1;
      world.etags.push(etag);
      if (world.now instanceof Error) throw world.now;
      return etag === `"${world.now.version}"` ? undefined : { order: world.now, etag: `"${world.now.version}"` };
    },
    eventsUrl: async () => "/events",
  };
  const openEvents: OpenEvents = (_, on) => {
    const stream = { on, closed: false };
    streams.push(stream);
    return () => {
      stream.closed = true;
    };
  };
  const watch = watchOrder("7", {
    api,
    openEvents: events ? openEvents : undefined,
    clock: {
      after(ms, act) {
        const timer = () => act();
        timers.set(timer, ms);
        return () => timers.delete(timer);
      },
    },
    onOrder: (order) => seen.push(order.status),
    onTrouble: (error) => troubles.push(error),
  });
  /** Lets everything due within so many milliseconds happen, once. */
  const pass = async (ms: number) => {
    for (const [timer, due] of [...timers]) {
      if (due > ms || !timers.delete(timer)) continue;
      timer();
    }
    await flush();
  };
  return { ...watch, world, pass, waiting: () => [...timers.values()] };
}

const flush = () => new Promise((resolve) => setImmediate(resolve));

test("events move the order, and while they flow nobody polls", async () => {
  const { world, pass } = aWorld();
  await flush();
  world.streams[0]?.on.status(payable);
  const polls = world.polls;
  await pass(10_000);
  expect(world.seen).toEqual(["pending", "waiting_for_payment"]);
  expect(world.polls).toBe(polls);
});

test("about when the meal is ready is told though nothing else has changed, and once", async () => {
  const { world, pass } = aWorld();
  await flush();
  const [soon, sooner] = ["2026-11-28T12:10:00.000Z", "2026-11-28T12:08:00.000Z"];
  for (const estimatedReadyAt of [soon, soon, sooner]) {
    world.streams[0]?.on.status({ ...placed, estimatedReadyAt });
    world.streams[0]?.on.status(placed);
  }
  await pass(0);
  expect(world.seen).toHaveLength(3);
});

test("a stream that stays silent is made up for by polling", async () => {
  const { world, pass } = aWorld();
  await flush();
  world.now = payable;
  await pass(2_000);
  expect(world.seen).toEqual(["pending", "waiting_for_payment"]);
});

test("a broken stream is made up for at once, and opened again later", async () => {
  const { world, pass } = aWorld();
  await flush();
  world.streams[0]?.on.status(placed);
  world.now = payable;
  world.streams[0]?.on.failed();
  await flush();
  expect(world.seen).toEqual(["pending", "waiting_for_payment"]);
  await pass(15_000);
  expect(world.streams).toHaveLength(2);
});

test("a browser without events polls with what it knows", async () => {
  const { world, pass } = aWorld({ events: false });
  await flush();
  await pass(2_000);
  expect(world.etags).toEqual([undefined, '"1"']);
  world.now = payable;
  await pass(2_000);
  expect(world.seen).toEqual(["pending", "waiting_for_payment"]);
});

test("after the final status nothing is open and nothing is due", async () => {
  const { world, waiting } = aWorld();
  await flush();
  world.streams[0]?.on.status(anOrder(["pending", "cancelled"]));
  expect(world.streams[0]?.closed).toBe(true);
  expect(waiting()).toEqual([]);
});

test("a meal that is ready is asked after now and then, without a stream, until no cook can take it back", async () => {
  const { world, pass, waiting } = aWorld();
  await flush();
  world.now = ready;
  world.streams[0]?.on.status(ready);
  expect([world.streams[0]?.closed, waiting().toSorted()]).toEqual([true, [10_000, 65_000]]);
  await pass(10_000);
  expect([world.streams.length, waiting().toSorted()]).toEqual([1, [10_000, 65_000]]);
  await pass(65_000);
  await pass(65_000);
  expect(waiting()).toEqual([]);
});

test.each([true, false])("a meal that a cook takes back is followed again: with events %s", async (events) => {
  const { world, pass, waiting } = aWorld({ events });
  await flush();
  world.now = ready;
  await pass(2_000);
  world.now = anOrder(["pending", "waiting_for_payment", "paid", "ready", "cooking"]);
  await pass(10_000);
  expect(world.seen).toEqual(["pending", "ready", "cooking"]);
  expect(waiting()).not.toContain(65_000);
  expect(world.streams.map(({ closed }) => closed)).toEqual(events ? [true, false] : []);
  world.now = { ...ready, version: 9 };
  await pass(10_000);
  expect(world.seen.at(-1)).toBe("ready");
});

test("older news than what is known changes nothing", async () => {
  const { world } = aWorld();
  await flush();
  world.streams[0]?.on.status(payable);
  world.streams[0]?.on.status(placed);
  expect(world.seen).toEqual(["pending", "waiting_for_payment"]);
});

test("while the server is away it is asked less and less often, and recovery is told", async () => {
  const { world, pass, waiting } = aWorld({ events: false });
  await flush();
  world.now = new ConnectionError("down");
  const pauses: (number | undefined)[] = [];
  for (let failure = 0; failure < 4; failure += 1) {
    await pass(10_000);
    pauses.push(waiting()[0]);
  }
  expect(pauses).toEqual([4_000, 8_000, 10_000, 10_000]);
  expect(world.troubles.at(-1)).toBe(world.now);
  world.now = payable;
  await pass(10_000);
  expect(world.troubles.at(-1)).toBeUndefined();
});

test("an order that is not there is not asked for again", async () => {
  const open = vi.fn();
  const watch = watchOrder("7", {
    api: { order: () => Promise.reject(new ApiError(404, {})), eventsUrl: async () => "/events" },
    openEvents: open,
    clock: { after: open },
    onOrder: open,
    onTrouble: () => {},
  });
  await flush();
  watch.wake();
  await flush();
  expect(open).not.toHaveBeenCalled();
});

test("waking up asks at once", async () => {
  const { world, wake } = aWorld();
  await flush();
  const polls = world.polls;
  wake();
  expect(world.polls).toBe(polls + 1);
  expect(world.streams).toHaveLength(1);
});

test("who stops is told nothing more", async () => {
  const { world, stop, waiting } = aWorld();
  await flush();
  stop();
  world.streams[0]?.on.status(payable);
  expect(world.seen).toEqual(["pending"]);
  expect(waiting()).toEqual([]);
});
