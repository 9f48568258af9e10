/** The server's time. A phone's own clock may be wrong by any amount, and deadlines are the server's. */
export type ServerClock = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Learns from an answer: its `Date` header, and when, by the phone's clock, it was asked for and came. */
  heard(date: string | null, sentAt: number, cameAt: number): void;
};

/** Keeps the difference to the phone's clock as it is while answers allow it, so that nothing that counts down jumps. */
export function createServerClock(phone: () => number): ServerClock {
  let ahead = 0;
  return {
    now: () => phone() + ahead,
    heard(date, sentAt, cameAt) {
      const at = Date.parse(date ?? "");
      // A clock that was set while the answer was on its way says nothing.
      if (Number.isNaN(at) || cameAt < sentAt) return;
      // The header leaves out milliseconds, and was written somewhere between the two moments.
      ahead = Math.min(Math.max(ahead, at - cameAt), at + 999 - sentAt);
    },
  };
}
