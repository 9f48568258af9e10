import type { Handler } from "#common/decorator/observed";
import { type ActRecord, recordOf } from "../../domain/putAside.ts";
import type { Acts, PutAsides } from "../ports.ts";

/** Which records are wanted: every field that is set has to match. */
export type ActsWanted = {
  subject?: string;
  action?: string;
  target?: string;
  from?: Date | undefined;
  until?: Date | undefined;
  limit: number;
  /** The last record of the page before. */
  after?: string;
};

/** One page of records, newest first; `next` is the last of it when there are more. */
export type ActsFound = { records: readonly ActRecord[]; next: string };

/** Records of what was done with money, and of what was refused. */
export function listActs({ acts, putAsides }: { acts: Acts; putAsides: PutAsides }): Handler<ActsWanted, ActsFound> {
  return async (wanted) => {
    const claims = await acts.list();
    const done = await Promise.all(claims.map(({ target }) => putAsides.find(target)));
    const all = claims
      .flatMap(({ id, refusal }, index) => {
        const message = done[index];
        return refusal?.record ?? (message && recordOf(message, id)) ?? [];
      })
      .filter((record) => matches(record, wanted))
      .sort((one, other) => other.at.localeCompare(one.at) || other.id.localeCompare(one.id));
    const start = wanted.after ? all.findIndex(({ id }) => id === wanted.after) + 1 : 0;
    const records = all.slice(start, start + wanted.limit);
    return { records, next: start + wanted.limit < all.length ? (records.at(-1)?.id ?? "") : "" };
  };
}

function matches({ subject, action, target, at }: ActRecord, wanted: ActsWanted): boolean {
  const time = Date.parse(at);
  return (
    (!wanted.subject || wanted.subject === subject) &&
    (!wanted.action || wanted.action === action) &&
    (!wanted.target || wanted.target === target) &&
    (!wanted.from || wanted.from.getTime() <= time) &&
    (!wanted.until || time < wanted.until.getTime())
  );
}
