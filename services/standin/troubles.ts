import type { Trouble } from "./api.ts";

/** The provider's own servers, which fail from time to time once they are told to. */
export type Troubles = ReturnType<typeof createTroubles>;

/** A failure before the effect and one after it; and a refusal, which is as little the end of it as they are. */
const kinds = [
  { at: "before", status: 500 },
  { at: "after", status: 500 },
  { at: "before", status: 402 },
] as const;

/** No trouble at first. */
export function createTroubles() {
  let every = 0;
  let posts = 0;
  let lost: readonly string[] = [];
  return {
    /** From now on every request about these objects is answered 500. */
    lose(ids: readonly string[]): void {
      lost = ids;
    },

    isLost: (id: unknown): boolean => typeof id === "string" && lost.includes(id),

    /** From now on every so many-th POST with a new key has one of the {@link kinds} in turn; 0: none. */
    strike(nth: number): void {
      every = nth;
      posts = 0;
    },

    /** What becomes of the next POST. */
    next(): ReturnType<Trouble> {
      if (every === 0) return undefined;
      posts += 1;
      if (posts % every > 0) return undefined;
      return kinds[(posts / every - 1) % kinds.length];
    },
  };
}
