import { isKind } from "#common/errors";
import type { Logger } from "#common/logging";

/** Work that waits for another service to answer again. */
export type Postponed = {
  /** @returns false when no more can wait. */
  add(work: PostponedWork): boolean;
};

/** What is tried again; the fields are for the log. */
export type PostponedWork = { fields: Record<string, string>; attempt: () => Promise<unknown> };

/** Waits in milliseconds: for the first attempt, at most between two, and until it is given up. */
const [firstMs, longestMs, giveUpMs] = [250, 10_000, 120_000];

const mostWaiting = 1_000;

/**
 * Tries again, ever more seldom, what failed because somebody else was away. It waits in this process alone, so it is for
 * work that comes again by itself when the process ends, and when it is given up.
 */
export function postponed(logger: Logger): Postponed {
  let waiting = 0;

  function wait(work: PostponedWork, ms: number, left: number): void {
    setTimeout(() => void attempt(work, ms, left - ms), ms).unref();
  }

  async function attempt(work: PostponedWork, ms: number, left: number): Promise<void> {
    try {
      await work.attempt();
    } catch (error) {
      const isAway = isKind(error, "unavailable");
      if (isAway && left > 0) return wait(work, Math.min(2 * ms, longestMs), left);
      logger.warn("given up until it comes again by itself", { ...work.fields, reason: String(error) });
    }
    waiting--;
  }

  return {
    add(work) {
      if (waiting >= mostWaiting) return false;
      waiting++;
      wait(work, firstMs, giveUpMs);
      return true;
    },
  };
}
