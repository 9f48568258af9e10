import { Code, ConnectError } from "@connectrpc/connect";
import type { BoardTicket } from "#common/genproto/order/v1/staff_pb";
import type { WatchBoardResponse } from "#common/genproto/staff/v1/staff_pb";
import type { Clock } from "../../order/watch.ts";
import { createStore, type Store } from "../../store.ts";
import { mergeTickets, onItsWayMs, withTicket } from "./tickets.ts";

/** The board, and whether it is what the kitchen has now. */
export type Board = {
  link: "opening" | "live" | "lost" | "refused";
  /** Whether there ever was a board: before it, no tickets means nothing. */
  known: boolean;
  tickets: readonly BoardTicket[];
  /** Why it is lost or refused. */
  error?: unknown;
};

type Options = {
  watch(signal: AbortSignal): AsyncIterable<WatchBoardResponse>;
  clock: Clock & { now(): number };
  /** 0 to 1: screens that lost the same server do not come back at once. */
  random(): number;
  /** Told of the server's time with each board. */
  onTime(at: WatchBoardResponse["at"]): void;
  onEnded(): void;
};

export type BoardFeed = {
  store: Store<Board>;
  /** Returns the way to stop following. */
  follow(): () => void;
  /** The page came back to the front, or online: look at once. */
  wake(): void;
  /** An act's answer showed this ticket. */
  learn(ticket: BoardTicket): void;
};

/** The server speaks at least every 10 s. */
const silenceMs = 12_000;
const slowestMs = 10_000;

/** Follows the kitchen's board; says at once when it no longer can, and tries again until it can. */
export function createBoardFeed({ watch, clock, random, onTime, onEnded }: Options): BoardFeed {
  const store = createStore<Board>({ link: "opening", known: false, tickets: [] });
  let followers = 0;
  let failures = 0;
  let heardAt = 0;
  let stream: AbortController | undefined;
  let callOff = () => {};
  /** When acts' answers showed tickets, lately. */
  const shownAt = new Map<string, number>();

  const isJustShown = (orderId: string) => {
    const at = shownAt.get(orderId);
    if (at === undefined || clock.now() - at < onItsWayMs) return at !== undefined;
    shownAt.delete(orderId);
    return false;
  };

  async function open() {
    close();
    const mine = new AbortController();
    stream = mine;
    expectWord(mine);
    try {
      for await (const { tickets, at } of watch(mine.signal)) {
        if (stream !== mine) return;
        failures = 0;
        onTime(at);
        store.set({ link: "live", known: true, tickets: mergeTickets(store.get().tickets, tickets, isJustShown) });
        expectWord(mine);
      }
      reconnectLater(mine, new ConnectError("the board ended", Code.Unavailable));
    } catch (error) {
      reconnectLater(mine, error);
    }
  }

  function expectWord(mine: AbortController) {
    heardAt = clock.now();
    callOff();
    callOff = clock.after(silenceMs, () =>
      reconnectLater(mine, new ConnectError("the board fell silent", Code.Unavailable)),
    );
  }

  function reconnectLater(mine: AbortController, error: unknown) {
    if (stream !== mine) return;
    close();
    const code = error instanceof ConnectError ? error.code : Code.Unknown;
    if (code === Code.Unauthenticated) onEnded();
    const refused = code === Code.Unauthenticated || code === Code.PermissionDenied;
    store.set({ ...store.get(), link: refused ? "refused" : "lost", error });
    if (refused) return;
    failures += 1;
    const pause = Math.min(500 * 2 ** failures, slowestMs);
    callOff = clock.after(pause * (0.5 + random() / 2), () => void open());
  }

  function close() {
    callOff();
    const ended = stream;
    stream = undefined;
    ended?.abort();
  }

  return {
    store,
    follow() {
      followers += 1;
      if (followers === 1) void open();
      return () => {
        followers -= 1;
        if (followers === 0) close();
      };
    },
    wake() {
      const isFlowing = store.get().link === "live" && clock.now() - heardAt < silenceMs;
      if (followers > 0 && !isFlowing) void open();
    },
    learn(ticket) {
      shownAt.set(ticket.orderId, clock.now());
      const known = store.get();
      store.set({ ...known, tickets: withTicket(known.tickets, ticket) });
    },
  };
}
