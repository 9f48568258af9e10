import { timestampMs } from "@bufbuild/protobuf/wkt";
import { useEffect } from "preact/hooks";
import { useDesk, useMe } from "./useDesk.ts";

/** The longest that a browser's timer waits, in ms. */
const longestMs = 2 ** 31 - 1;

/** Asks anew once the session should be over: it was renewed meanwhile, or the page says so before somebody acts. */
export function useSessionEnd() {
  const { session, now } = useDesk();
  const { me } = useMe();
  useEffect(() => {
    if (!me.sessionEndsAt) return;
    const wait = Math.max(timestampMs(me.sessionEndsAt) - now(), 0) + 1_000;
    const timer = setTimeout(() => void session.ask(), Math.min(wait, longestMs));
    return () => clearTimeout(timer);
  }, [me, session, now]);
}
