/** How much of something is borne of one caller: so many at once, and so many more with every second. */
export type Patience = { burst: number; perSecond: number };

/** How many callers are remembered; who was patient for longest goes first. */
const remembered = 10_000;

/** Counts against callers what costs us without being of use. @param clock milliseconds, from any beginning. */
export function patienceWith({ burst, perSecond }: Patience, clock: () => number = () => performance.now()) {
  const callers = new Map<string, { left: number; at: number }>();
  const leftOf = (caller: string): number => {
    const known = callers.get(caller);
    return known ? Math.min(burst, known.left + ((clock() - known.at) / 1_000) * perSecond) : burst;
  };
  return {
    /** Counts one. @returns whether that was still borne. */
    spend(caller: string): boolean {
      const left = leftOf(caller) - 1;
      callers.delete(caller);
      callers.set(caller, { left: Math.max(left, 0), at: clock() });
      if (callers.size > remembered) callers.delete(callers.keys().next().value ?? "");
      return left >= 0;
    },
    /** Whether one more would be too much. */
    isOver: (caller: string): boolean => leftOf(caller) < 1,
  };
}
