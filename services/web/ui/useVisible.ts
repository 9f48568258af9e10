import { useEffect } from "preact/hooks";

/** Calls `act` whenever the page comes back to the front or online, and every `everyMs` while it is there. */
export function useVisible(act: () => void, everyMs?: number) {
  useEffect(() => {
    const wake = () => {
      if (document.visibilityState === "visible") act();
    };
    const timer = everyMs === undefined ? undefined : setInterval(wake, everyMs);
    document.addEventListener("visibilitychange", wake);
    window.addEventListener("pageshow", wakeFromCache);
    window.addEventListener("online", wake);
    function wakeFromCache(event: PageTransitionEvent) {
      if (event.persisted) wake();
    }
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", wake);
      window.removeEventListener("pageshow", wakeFromCache);
      window.removeEventListener("online", wake);
    };
  }, [act, everyMs]);
}
