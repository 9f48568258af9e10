import { create } from "@bufbuild/protobuf";
import { timestampFromMs, timestampMs } from "@bufbuild/protobuf/wkt";
import { queues } from "#common/deadLetters/queues";
import {
  type ActFilter,
  type ActPage,
  ActPageSchema,
  type ActRecord,
  ActRecordSchema,
} from "#common/genproto/common/v1/act_pb";
import { StaffService } from "#common/genproto/staff/v1/staff_pb";
import type { Kept } from "#common/kept/log";
import type { OwnLog } from "../app/ownActs.ts";
import { isUnderWay, type OwnAct, type Tally } from "../domain/ownAct.ts";

/** What acts of ours are about: what is asked about anything else needs no look. */
const targets = new Set<string>([...queues, ...StaffService.methods.map(({ name }) => name), "staff page"]);

/** Records of staff's own acts, newest first. The token of a page only says whether there are more. */
export function ownActPages(log: Pick<OwnLog, "newest">, now: () => number) {
  return async (filter: ActFilter): Promise<ActPage> => {
    const { subject, action, target, from, until, pageSize } = filter;
    const records: ActRecord[] = [];
    if (target !== "" && !targets.has(target)) return create(ActPageSchema, { records });
    const since = from ? timestampMs(from) : Number.NEGATIVE_INFINITY;
    const isWanted = ({ at, value }: Kept<OwnAct | Tally>) =>
      at >= since &&
      (!subject || value.subject === subject) &&
      (!action || value.action === action) &&
      (!target || value.target === target);
    for await (const page of log.newest(until && timestampMs(until))) {
      for (const kept of page.filter(isWanted)) {
        if (records.length === pageSize) return create(ActPageSchema, { records, nextPageToken: "more" });
        records.push(recordOf(kept, now()));
      }
      if ((page.at(-1)?.at ?? since) < since) break;
    }
    return create(ActPageSchema, { records });
  };
}

function recordOf({ id, at, value }: Kept<OwnAct | Tally>, now: number): ActRecord {
  const { subject, name, action, target, traceId } = value;
  const common = { id, subject, name, action, target, traceId, at: timestampFromMs(at) };
  if (value.kind === "tally")
    return create(ActRecordSchema, { ...common, after: JSON.stringify(value.counts), refusal: value.refusal });
  const { ids, reason, outcome } = value;
  return create(ActRecordSchema, {
    ...common,
    reason,
    before: JSON.stringify({ chosen: ids.length === 0 ? "all" : ids.length }),
    after: JSON.stringify(afterOf(value, now)),
    refusal: outcome.state === "failed" ? outcome.why : "",
  });
}

function afterOf(act: OwnAct, now: number): object {
  const { outcome, ids } = act;
  const chosen = ids.length === 0 ? "all" : ids.length;
  if (outcome.state === "done") return { chosen, done: outcome.count };
  if (outcome.state === "failed") return { chosen };
  return { chosen, outcome: isUnderWay(act, now) ? "under way" : "unknown" };
}
