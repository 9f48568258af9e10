import { timestampMs } from "@bufbuild/protobuf/wkt";
import { type KeyValue, tolerantStorage } from "../cart/storage.ts";
import { timers } from "../order/watch.ts";
import { createStore, type Store } from "../store.ts";
import { type Acts, createActs } from "./api/acts.ts";
import { createStaff, type Staff } from "./api/client.ts";
import { createSession, type SessionKeeper } from "./api/session.ts";
import { type Chime, createChime } from "./board/chime.ts";
import { type BoardFeed, createBoardFeed } from "./board/feed.ts";
import { createNavigator, type Navigator } from "./routing/navigator.ts";

/** Everything that the views share. */
export type Desk = {
  staff: Staff;
  acts: Acts;
  session: SessionKeeper;
  board: BoardFeed;
  chime: Chime;
  navigator: Navigator;
  storage: KeyValue;
  /** Milliseconds since 1970, by the server's clock as far as it was heard. */
  now(): number;
  /** Said to screen readers, and shown for a moment. */
  announcement: Store<string>;
};

export function openDesk(browser: Window & typeof globalThis): Desk {
  const session = createSession(() => staff);
  const staff = createStaff(browser.fetch.bind(browser), session.end);
  const storage = tolerantStorage(() => browser.localStorage);
  let ahead = 0;
  const board = createBoardFeed({
    watch: (signal) => staff.watchBoard({}, { signal, timeoutMs: 0 }),
    clock: { ...timers, now: Date.now },
    random: Math.random,
    onTime: (at) => {
      if (at) ahead = timestampMs(at) - Date.now();
    },
    onEnded: session.end,
  });
  return {
    staff,
    session,
    storage,
    board,
    acts: createActs({
      newId: newRequestId,
      pause: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
    }),
    chime: createChime(storage, () => new browser.AudioContext()),
    navigator: createNavigator(browser),
    now: () => Date.now() + ahead,
    announcement: createStore(""),
  };
}

/** A UUID, also where the page came over plain HTTP and the browser makes none. */
function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
