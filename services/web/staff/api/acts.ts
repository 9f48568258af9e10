import { isPassing } from "./refusals.ts";

type Options = {
  newId(): string;
  /** Resolves after so many ms. */
  pause(ms: number): Promise<void>;
};

/** Does what staff presses, each press once. */
export type Acts = {
  /**
   * Calls `call` with a request id. `what` names the act and all it says: pressed again while it runs, it is the same
   * act, and after an answer that never came it is tried again under the same id, here and by the next press.
   */
  run<T>(what: string, call: (requestId: string) => Promise<T>): Promise<T>;
};

const pauses = [400, 1_200];

export function createActs({ newId, pause }: Options): Acts {
  const running = new Map<string, Promise<unknown>>();
  /** Ids of acts that may have been done without our hearing of it. */
  const unanswered = new Map<string, string>();

  async function attempt<T>(what: string, call: (requestId: string) => Promise<T>): Promise<T> {
    const id = unanswered.get(what) ?? newId();
    unanswered.set(what, id);
    for (let tries = 0; ; tries += 1) {
      try {
        const answer = await call(id);
        unanswered.delete(what);
        return answer;
      } catch (error) {
        if (!isPassing(error)) unanswered.delete(what);
        const wait = pauses[tries];
        if (!isPassing(error) || wait === undefined) throw error;
        await pause(wait);
      }
    }
  }

  return {
    run<T>(what: string, call: (requestId: string) => Promise<T>): Promise<T> {
      const known = running.get(what) as Promise<T> | undefined;
      if (known) return known;
      const begun = attempt(what, call).finally(() => running.delete(what));
      running.set(what, begun);
      return begun;
    },
  };
}
