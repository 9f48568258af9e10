/**
 * A place in the line of the guest's tabs: `begin` is called when its turn comes, if ever, and returns how to end. The
 * returned function gives the place back.
 */
export type TakeTurn = (begin: () => () => void) => () => void;

/** One tab of a browser at a time, by a lock that it gives to the next also when a tab dies. Undefined where it has none. */
export function turns({ navigator }: Pick<Window, "navigator">): TakeTurn | undefined {
  // Over plain HTTP, but for the own machine, there are none.
  if (!("locks" in navigator)) return undefined;
  return (begin) => {
    const left = new AbortController();
    const hold = () => {
      if (left.signal.aborted) return undefined;
      const end = begin();
      return new Promise<void>((release) => {
        left.signal.addEventListener("abort", () => {
          end();
          release();
        });
      });
    };
    // Who leaves the line is told so by an error; who may not stand in it never has a turn.
    navigator.locks.request("gorder.orders", { signal: left.signal }, hold).catch(() => {});
    return () => left.abort();
  };
}
