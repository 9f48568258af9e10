import { demandCaller } from "#common/caller";

/**
 * Does at most so many pieces of work at the same time; the others wait in the order that they came. What nobody waits
 * for any more when its turn comes is left undone.
 */
export function fewAtOnce(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let underWay = 0;

  const enter = (): Promise<void> | undefined => {
    if (underWay < most) return void underWay++;
    return new Promise((resolve) => waiting.push(resolve));
  };
  /** The place goes to whoever waits for longest. */
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else underWay--;
  };

  return async (work) => {
    await enter();
    try {
      demandCaller();
      return await work();
    } finally {
      leave();
    }
  };
}
