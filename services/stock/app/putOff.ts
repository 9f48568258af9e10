/** What could not be done is left alone for a while, each item for itself. */
export type PutOff = {
  /** The item failed once more. @returns how often by now. */
  failed(id: string): number;
  /** The item is done with. */
  forget(id: string): void;
  /** Every item that failed and is not done with. */
  all(): string[];
  /** Those whose next attempt has come, at most so many. */
  due(limit: number): string[];
  /** How many have failed at least so often. */
  stuck(times: number): number;
};

const firstMs = 15_000;
const longestMs = 5 * 60_000;

/** Remembers in this process alone: after a restart each is tried once. @param now milliseconds since the epoch. */
export function putOff(now: () => number): PutOff {
  const failures = new Map<string, { times: number; until: number }>();
  return {
    failed(id) {
      const times = (failures.get(id)?.times ?? 0) + 1;
      failures.set(id, { times, until: now() + Math.min(firstMs * 2 ** (times - 1), longestMs) });
      return times;
    },
    forget: (id) => void failures.delete(id),
    all: () => [...failures.keys()],
    due(limit) {
      const over = [...failures].filter(([, { until }]) => until <= now());
      return over.slice(0, limit).map(([id]) => id);
    },
    stuck: (least) => [...failures.values()].filter(({ times }) => times >= least).length,
  };
}
