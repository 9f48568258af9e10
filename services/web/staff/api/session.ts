import type { GetMeResponse } from "#common/genproto/staff/v1/staff_pb";
import { createStore, type Store } from "../../store.ts";
import { isEnded, type Staff } from "./client.ts";
import { type Door, doorsOf } from "./doors.ts";

/** Who is at the desk. */
export type Session =
  | { state: "asking" }
  | { state: "out" }
  | { state: "broken"; error: unknown }
  /** `ended`: the page still shows what it has, and nothing can be done until somebody signs in again. */
  | { state: "in"; me: GetMeResponse; may: (door: Door) => boolean; ended: boolean };

export type SessionKeeper = { store: Store<Session>; ask(): Promise<void>; end(): void };

export function createSession(staff: () => Pick<Staff, "getMe">): SessionKeeper {
  const store = createStore<Session>({ state: "asking" });
  return {
    store,
    async ask() {
      if (store.get().state === "broken") store.set({ state: "asking" });
      try {
        const me = await staff().getMe({});
        store.set({ state: "in", me, may: doorsOf(me.allowed), ended: false });
      } catch (error) {
        if (store.get().state !== "in") store.set(isEnded(error) ? { state: "out" } : { state: "broken", error });
      }
    },
    end() {
      const known = store.get();
      if (known.state === "in") store.set({ ...known, ended: true });
    },
  };
}

/** Where one signs in, and comes back from to the place one was at. */
export function signInPath({ pathname, search }: Pick<Location, "pathname" | "search">): string {
  const place = pathname === "/staff" ? "/staff/" : pathname;
  return `/staff/login?return_to=${encodeURIComponent(place + search)}`;
}
