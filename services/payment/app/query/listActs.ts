import type { Handler } from "#common/decorator/observed";
import { type ActRecord, recordOf } from "../../domain/putAside.ts";
import type { ActClaim, Acts, PutAsides } from "../services.ts";

/** Which records are wanted: every field that is set has to match. */
export type ActsWanted = {
  subject?: string;
  action?: string;
  target?: string;
  from?: Date | undefined;
  until?: Date | undefined;
  limit: number;
  /** The time of the last record of the page before. */
  after?: number | undefined;
};

/** One page of records, newest first; `next` is the time of the last of it when there are more. */
export type ActsFound = { records: readonly ActRecord[]; next: number | undefined };

export type ListActsDeps = {
  acts: Acts;
  putAsides: PutAsides;
  /** Ends when what was done in versions before is there too. */
  takenOver: () => Promise<void>;
};

/** Records of what was done with money, and of what was refused. */
export function listActs({ acts, putAsides, takenOver }: ListActsDeps): Handler<ActsWanted, ActsFound> {
  /** Of an act that was begun and came to nothing there is none. */
  async function recordOfClaim({ id, target, refusal }: ActClaim): Promise<ActRecord | undefined> {
    if (refusal) return refusal.record;
    const message = await putAsides.find(target);
    return message && recordOf(message, id);
  }

  return async (wanted) => {
    await takenOver();
    const { from, until, after, limit } = wanted;
    const records: ActRecord[] = [];
    const before = Math.min(until?.getTime() ?? Number.POSITIVE_INFINITY, after ?? Number.POSITIVE_INFINITY);
    for await (const page of acts.newest(before)) {
      const claims = page.filter((claim) => matches(claim, wanted));
      const found = await Promise.all(claims.map(recordOfClaim));
      for (const [index, { at }] of claims.entries()) {
        const record = found[index];
        if (!record) continue;
        if (records.length === limit) return { records, next: Date.parse(records.at(-1)?.at ?? "") };
        records.push({ ...record, at: new Date(at).toISOString() });
      }
      const oldest = page.at(-1);
      if (oldest && from && oldest.at < from.getTime()) break;
    }
    return { records, next: undefined };
  };
}

function matches({ subject, action, target, at }: ActClaim, wanted: ActsWanted): boolean {
  return (
    (!wanted.subject || wanted.subject === subject) &&
    (!wanted.action || wanted.action === action) &&
    (!wanted.target || wanted.target === target) &&
    (!wanted.from || wanted.from.getTime() <= at)
  );
}
