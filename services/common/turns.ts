import { demandCaller } from "#common/caller";

/**
 * Does one piece of work after the other, in the order that they came; the failure of one is nothing to the next, and
 * what nobody waits for any more when its turn comes is left undone.
 */
export function oneAfterTheOther(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = () => {
      demandCaller();
      return work();
    };
    const mine = last.then(turn, turn);
    last = mine;
    return mine;
  };
}
