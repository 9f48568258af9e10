import type { BoardTicket, GetOrderFileResponse } from "#common/genproto/order/v1/staff_pb";
import { actorWords } from "../../actors.ts";
import { Facts } from "../Facts.tsx";
import { useMe } from "../useDesk.ts";
import { When } from "../When.tsx";

function doneOf({ lines }: BoardTicket): string {
  return `${lines.filter(({ done }) => done).length} of ${lines.length} dishes`;
}

/** The kitchen's ticket, and what the order still waits for. */
export function StillOpen({ file: { ticket, openEntries } }: { file: GetOrderFileResponse }) {
  const { me } = useMe();
  return (
    <section aria-labelledby="open-heading">
      <h2 id="open-heading">Under way</h2>
      {!ticket && openEntries.length === 0 && <p class="soft">Nothing: the order waits for nobody.</p>}
      {ticket && (
        <Facts
          of={[
            ["Cooked by", ticket.claimedBy && actorWords(ticket.claimedBy, me.subject)],
            ["Done so far", ticket.finishedAt ? "" : doneOf(ticket)],
            ["Claim ends", ticket.leaseEndsAt && <When at={ticket.leaseEndsAt} />],
            ["Finished", ticket.finishedAt && <When at={ticket.finishedAt} />],
          ]}
        />
      )}
      <ul class="lines">
        {openEntries.map(({ id, type, since, dueAt }) => (
          <li key={id}>
            <code>{type}</code>
            <span class="soft">
              waits since <When at={since} />, is tried again <When at={dueAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
