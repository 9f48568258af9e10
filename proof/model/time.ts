import { vi } from "vitest";

/** Lets what can happen without the clock moving on happen: all of it after ten turns, most of it after one. */
export async function flush(turns = 10): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
}

/** Begins time anew, at 1970, and moves it by hand alone; timers of the old clock wait for ever. */
export function takeClock(): void {
  vi.useRealTimers();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"], now: 0 });
}

/** As often as anything is done by the clock. */
const stepSeconds = 5;

/**
 * Lets time pass, in seconds, with all that happens meanwhile. Timers are fired at once and what follows is awaited by
 * turns of the real event loop: the asynchronous way of the fake timers takes a real millisecond for each timer.
 */
export async function pass(seconds: number): Promise<void> {
  for (let left = seconds; left > 0; left -= stepSeconds) {
    vi.advanceTimersByTime(Math.min(left, stepSeconds) * 1_000);
    await flush();
  }
}
