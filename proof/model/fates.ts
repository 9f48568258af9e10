import type { Fate, Fates } from "./life.ts";

/** Fates that the test deals out: every step waits for its turn. */
export type FatesByHand = {
  fates: Fates;
  /** Lets one of the waiting steps go on, if there is one: which, and whether its process survives it. */
  release(at: number, fate: Fate): void;
  /** From here on nobody waits and nobody dies. */
  letLive(): void;
};

/** Fates in which, so far, nobody moves. */
export function createFatesByHand(): FatesByHand {
  let waiting: ((fate: Fate) => void)[] = [];
  let free = false;
  return {
    fates: () => (free ? Promise.resolve("lives") : new Promise((resolve) => waiting.push(resolve))),
    release(at, fate) {
      const [go] = waiting.splice(at % Math.max(waiting.length, 1), 1);
      go?.(fate);
    },
    letLive() {
      free = true;
      for (const go of waiting) go("lives");
      waiting = [];
    },
  };
}
