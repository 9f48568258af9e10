import type { DeadLetter } from "#common/genproto/staff/v1/staff_pb";
import { orderPath } from "../../routing/route.ts";
import { Link } from "../Link.tsx";
import { When } from "../When.tsx";

type Props = { letter: DeadLetter; picked: boolean; onPick(eventId: string, picked: boolean): void };

/** An event that nobody could deal with, and what it says. */
export function Letter({ letter: { eventId, orderId, type, occurredAt, event }, picked, onPick }: Props) {
  return (
    <li class="row letter">
      <label class="pick">
        <input type="checkbox" checked={picked} onChange={(e) => onPick(eventId, e.currentTarget.checked)} />
        <strong>{type || "unknown event"}</strong>
      </label>
      <span class="soft">
        <When at={occurredAt} />
      </span>
      {orderId && <Link href={orderPath(orderId)}>To the order</Link>}
      <details>
        <summary>What it says</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the keyboard */}
        <pre tabIndex={0}>{pretty(event)}</pre>
      </details>
    </li>
  );
}

function pretty(event: string): string {
  try {
    return JSON.stringify(JSON.parse(event), null, 2);
  } catch {
    return event;
  }
}
