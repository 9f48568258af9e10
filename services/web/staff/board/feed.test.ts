import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { BoardTicketSchema } from "#common/genproto/order/v1/staff_pb";
import { type WatchBoardResponse, WatchBoardResponseSchema } from "#common/genproto/staff/v1/staff_pb";
import { createBoardFeed } from "./feed.ts";

/** A board whose streams and clock are in the test's hands. */
function aBoard() {
  let now = 0;
  const timers = new Map<object, { at: number; act: () => void }>();
  const streams: { signal: AbortSignal; say(board: WatchBoardResponse): void; fail(error: unknown): void }[] = [];
  const ended: string[] = [];
  async function* watch(signal: AbortSignal) {
    const said: (WatchBoardResponse | Error)[] = [];
    let wake = () => {};
    const tell = (word: WatchBoardResponse | Error) => {
      said.push(word);
      wake();
    };
    streams.push({ signal, say: tell, fail: (error) => tell(error as Error) });
    for (;;) {
      const next = said.shift();
      if (next instanceof Error) throw next;
      if (next) yield next;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  }
  const clock = {
    now: () => now,
    after(ms: number, act: () => void) {
      const key = {};
      timers.set(key, { at: now + ms, act });
      return () => void timers.delete(key);
    },
  };
  const feed = createBoardFeed({ watch, clock, random: () => 1, onTime: () => {}, onEnded: () => ended.push("ended") });
  const flush = () => new Promise((resolve) => setImmediate(resolve));
  return {
    feed,
    streams,
    ended,
    flush,
    async pass(ms: number) {
      now += ms;
      for (const [key, { at, act }] of [...timers]) if (at <= now && timers.delete(key)) act();
      await flush();
    },
    board: (...ids: string[]) =>
      create(WatchBoardResponseSchema, { tickets: ids.map((orderId) => create(BoardTicketSchema, { orderId })) }),
  };
}

const away = new ConnectError("away", Code.Unavailable);

test("the board is live with its first word", async () => {
  const { feed, streams, board, flush } = aBoard();
  feed.follow();
  expect(feed.store.get().link).toBe("opening");
  streams[0]?.say(board("a"));
  await flush();
  expect(feed.store.get()).toMatchObject({ link: "live", tickets: [{ orderId: "a" }] });
});

test("silence of 12 seconds is a lost connection, and the tickets stay in view", async () => {
  const { feed, streams, board, flush, pass } = aBoard();
  feed.follow();
  streams[0]?.say(board("a"));
  await flush();
  await pass(11_999);
  expect(feed.store.get().link).toBe("live");
  await pass(1);
  expect(feed.store.get()).toMatchObject({ link: "lost", tickets: [{ orderId: "a" }] });
  expect(streams[0]?.signal.aborted).toBe(true);
});

test("a lost board is opened again, more slowly each time, and catches up", async () => {
  const { feed, streams, board, flush, pass } = aBoard();
  feed.follow();
  streams[0]?.fail(away);
  await flush();
  expect(feed.store.get().link).toBe("lost");
  await pass(1_000);
  expect(streams).toHaveLength(2);
  streams[1]?.fail(away);
  await flush();
  await pass(1_999);
  expect(streams).toHaveLength(2);
  await pass(1);
  streams[2]?.say(board("b"));
  await flush();
  expect(feed.store.get()).toMatchObject({ link: "live", tickets: [{ orderId: "b" }] });
});

test("a word of a stream that was given up changes nothing", async () => {
  const { feed, streams, board, flush, pass } = aBoard();
  feed.follow();
  await pass(12_000);
  streams[0]?.say(board("old"));
  await flush();
  expect(feed.store.get()).toMatchObject({ link: "lost", known: false, tickets: [] });
});

test("without a session nobody tries again, and the page hears of it", async () => {
  const { feed, streams, ended, flush, pass } = aBoard();
  feed.follow();
  streams[0]?.fail(new ConnectError("no session", Code.Unauthenticated));
  await flush();
  await pass(60_000);
  expect(streams).toHaveLength(1);
  expect(ended).toEqual(["ended"]);
  expect(feed.store.get().link).toBe("refused");
});

test("a page that comes back to the front looks at once, unless the board flows", async () => {
  const { feed, streams, board, flush } = aBoard();
  feed.follow();
  streams[0]?.say(board());
  await flush();
  feed.wake();
  expect(streams).toHaveLength(1);
  streams[0]?.fail(away);
  await flush();
  feed.wake();
  expect(streams).toHaveLength(2);
});

test("who no longer looks at the board holds no stream", () => {
  const { feed, streams } = aBoard();
  feed.follow()();
  expect(streams[0]?.signal.aborted).toBe(true);
  feed.wake();
  expect(streams).toHaveLength(1);
});

test("a tick is not undone by a board that was on its way, and what others tick is seen soon after", async () => {
  const { feed, streams, flush, pass } = aBoard();
  const ticket = (done: boolean) => create(BoardTicketSchema, { orderId: "a", lines: [{ productId: "tea", done }] });
  const say = async (done: boolean) => {
    streams[0]?.say(create(WatchBoardResponseSchema, { tickets: [ticket(done)] }));
    await flush();
    return feed.store.get().tickets[0]?.lines[0]?.done;
  };
  feed.follow();
  expect(await say(false)).toBe(false);
  feed.learn(ticket(true));
  expect(await say(false)).toBe(true);
  await pass(2_000);
  expect(await say(false)).toBe(false);
});
