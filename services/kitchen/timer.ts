/** Calls `then` after so many milliseconds. @returns what calls it off. */
export type Timer = (ms: number, then: () => void) => () => void;

/** The clock on the wall. Nobody stays only to wait for it. */
export const wallTimer: Timer = (ms, then) => {
  const timeout = setTimeout(then, ms).unref();
  return () => clearTimeout(timeout);
};

/** Lets time pass, or ends at once when the signal aborts. Never throws. */
export function pause(timer: Timer, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      cancel();
      signal.removeEventListener("abort", done);
      resolve();
    };
    const cancel = timer(ms, done);
    signal.addEventListener("abort", done);
  });
}

/** How long to wait before the next attempt after so many failures, in milliseconds: longer each time, and never alike. */
export function backoffMs(failures: number, mostMs: number): number {
  return Math.min(100 * 2 ** failures, mostMs) * (0.5 + Math.random() / 2);
}
