import type { Letter } from "#common/deadLetters/letter";
import { AppError } from "#common/errors";
import type { Left } from "../app/ownActs.ts";

/** The dead letters of one consumer's queue: how many, and the oldest of them. */
export type DeadQueue = { readonly name: string; readonly count: number; readonly letters: readonly Letter[] };

/** What consumers gave up on. Every method may throw an AppError: "conflict" without a broker, "unavailable". */
export type DeadLetters = {
  list(): Promise<DeadQueue[]>;
  /** Puts letters back on their own queue: those with these ids, or all. @returns how many. */
  resend(queue: string, eventIds: readonly string[]): Promise<number>;
  /** Throws letters away. @returns how many. */
  discard(queue: string, eventIds: readonly string[]): Promise<number>;
};

/** Tells what is left in a queue, for acts on it that were interrupted. */
export function leftOf(deadLetters: Pick<DeadLetters, "list">): Left {
  return async (target) => {
    const { count = 0, letters = [] } = (await deadLetters.list()).find(({ name }) => name === target) ?? {};
    return { ids: new Set(letters.map(({ id }) => id)), isWhole: count <= letters.length };
  };
}

/** Answers for an installation in which the staff's side may not speak to the broker. */
export const noDeadLetters: DeadLetters = (() => {
  const refuse = async () => {
    throw new AppError(
      "conflict",
      "This installation gives the staff's page no access to the broker: whoever runs it sees to dead letters",
    );
  };
  return { list: refuse, resend: refuse, discard: refuse };
})();
