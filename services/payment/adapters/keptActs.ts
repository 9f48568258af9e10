import type { StateStore } from "#common/dapr/ports";
import { keptLog } from "#common/kept/log";
import type { Acts, ActTold, Refusal } from "../app/services.ts";

/** An act as the version before kept it: what else is known of it is in its record. */
export type FormerClaim = { id: string; target: string; refusal?: Refusal };

/**
 * What acts were begun, in a store that forgets nothing; what was refused is told there, what was done where it changed
 * something.
 */
export function keptActs(keep: StateStore): Acts {
  const log = keptLog<ActTold & { id: string }>(keep, "acts");
  return {
    async claim(id, now, act) {
      const { value, at } = await log.add(id, now, () => ({ id, ...act }));
      return { ...value, at };
    },

    async refuse(refusal) {
      await log.update(refusal.record.id, (claim) => (claim.refusal ? claim : { ...claim, refusal }));
    },

    async *newest(until) {
      for await (const page of log.newest(until)) yield page.map(({ value, at }) => ({ ...value, at }));
    },
  };
}
