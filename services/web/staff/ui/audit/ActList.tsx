import type { ActRecord } from "#common/genproto/common/v1/act_pb";
import { actionWords, changesOf } from "../../audit/words.ts";
import { actsPath, orderPath } from "../../routing/route.ts";
import { Link } from "../Link.tsx";
import { useMe } from "../useDesk.ts";
import { When } from "../When.tsx";

/** Acts, newest first: who, what, on what, from what to what, and why. */
export function ActList({ records, nothing }: { records: readonly ActRecord[]; nothing: string }) {
  if (records.length === 0) return <p class="soft">{nothing}</p>;
  return (
    <ol class="acts">
      {records.map((record) => (
        <Act key={record.id} record={record} />
      ))}
    </ol>
  );
}

function Act({ record }: { record: ActRecord }) {
  const { me, may } = useMe();
  const { subject, name, action, target, before, after, reason, at, traceId, refusal } = record;
  const isOrder = /^(order|ticket)\./.test(action) && may("GetOrder");
  const changes = changesOf(before, after);
  const who = subject === me.subject ? "You" : name || subject;
  return (
    <li class={`act ${refusal ? "act-refused" : ""}`}>
      <p class="act-head">
        <span>
          <strong>{may("SearchActs") ? <Link href={actsPath(subject)}>{who}</Link> : who}</strong> {actionWords(action)}{" "}
          {isOrder ? (
            <Link href={orderPath(target)}>
              <code>{target}</code>
            </Link>
          ) : (
            // There is one shop.
            target !== "shop" && <code>{target}</code>
          )}
        </span>
        <When at={at} />
      </p>
      {refusal && <p class="flag flag-bad">Refused: {refusal}</p>}
      {reason && <p class="act-reason">“{reason}”</p>}
      {changes.length > 0 && (
        <ul class="act-changes">
          {changes.map(({ field, before: was, after: is }) => (
            <li key={field}>
              <span class="soft">{field}</span> <del>{was}</del> <span aria-hidden="true">→</span> <ins>{is}</ins>
            </li>
          ))}
        </ul>
      )}
      {traceId && <p class="act-trace soft">Trace {traceId}</p>}
    </li>
  );
}
