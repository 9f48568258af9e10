import type { Logger } from "#common/logging";
import type { Actor, Tally } from "../domain/ownAct.ts";
import type { OwnLog } from "./ownActs.ts";

/** What is counted: all but how often. */
type Counted = Actor & Pick<Tally, "action" | "refusal">;

export type TalliesDeps = {
  log: Pick<OwnLog, "add" | "update">;
  newId: () => string;
  logger: Logger;
  now: () => number;
  traceId: () => string;
};

/** Counts refusals and sign-ins a person, so that a thousand a second of one person fill no log. */
export type Tallies = {
  /** Counts one more; the first of a while is stored before this ends, as far as that can be done. Never throws. */
  note(counted: Counted, what: string): Promise<void>;
  /** Stores what was counted since, and ends what was counted for long enough; what cannot be stored is counted on. */
  flush(): Promise<void>;
};

/** One record counts for so long: a person who never stops makes 144 a day in each replica. */
const whileMs = 10 * 60_000;

/** How many people and kinds are counted at once; more are logged alone. */
const most = 1_000;

type Running = { id: string; since: number; tally: Tally; isListed: boolean; isStored: boolean };

/** Counts here, and keeps the counts in the log. */
export function keepTallies({ log, newId, logger, now, traceId }: TalliesDeps): Tallies {
  const running = new Map<string, Running>();

  async function store(one: Running): Promise<void> {
    const { tally } = one;
    try {
      if (one.isListed) await log.update(one.id, () => tally);
      else await log.add(one.id, one.since, () => tally);
      one.isListed = true;
      one.isStored = one.tally === tally;
    } catch (error) {
      logger.error("what was counted is stored later", { action: tally.action, reason: String(error) });
    }
  }

  function begin(key: string, counted: Counted, what: string): Running | undefined {
    if (running.size >= most) return undefined;
    const tally = { ...counted, kind: "tally", target: what, counts: { [what]: 1 }, traceId: traceId() } as const;
    const one = { id: newId(), since: now(), tally, isListed: false, isStored: false };
    running.set(key, one);
    return one;
  }

  return {
    async note({ subject, name, action, refusal }, what) {
      const key = JSON.stringify([subject, action]);
      const one = running.get(key);
      if (one) {
        const { counts } = one.tally;
        one.tally = { ...one.tally, counts: { ...counts, [what]: (counts[what] ?? 0) + 1 } };
        one.isStored = false;
        return;
      }
      const begun = begin(key, { subject, name, action, refusal }, what);
      if (begun) await store(begun);
    },

    async flush() {
      for (const [key, one] of running) {
        if (!one.isStored) await store(one);
        if (one.isStored && now() - one.since >= whileMs) running.delete(key);
      }
    },
  };
}
