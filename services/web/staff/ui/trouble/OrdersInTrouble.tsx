import { useCallback } from "preact/hooks";
import type { OrderFinding } from "#common/genproto/order/v1/staff_pb";
import { orderPath } from "../../routing/route.ts";
import { findingWords } from "../../trouble/words.ts";
import { withHash } from "../kitchen/TicketCard.tsx";
import { Link } from "../Link.tsx";
import { Shown } from "../Shown.tsx";
import { useAsked } from "../useAsked.ts";
import { useDesk } from "../useDesk.ts";
import { When } from "../When.tsx";
import { StuckOrderRow } from "./StuckOrderRow.tsx";

const freshMs = 15_000;

/** Orders that somebody has to look at, and what the caretaker found. */
export function OrdersInTrouble() {
  const { staff } = useDesk();
  const ask = useCallback((signal: AbortSignal) => staff.getTrouble({}, { signal }), [staff]);
  const asked = useAsked(ask, freshMs);
  return (
    <>
      <section aria-labelledby="stuck-heading">
        <h2 id="stuck-heading">Stuck orders</h2>
        <Shown of={asked} label="The stuck orders are loading">
          {({ stuck }) =>
            stuck.length === 0 ? (
              <p class="soft">None: everything that was to be done is done, or under way.</p>
            ) : (
              <ul class="rows">
                {stuck.map((each) => (
                  <StuckOrderRow key={each.orderId} order={each} onDone={asked.again} />
                ))}
              </ul>
            )
          }
        </Shown>
      </section>
      {asked.answer && (
        <section aria-labelledby="found-heading">
          <h2 id="found-heading">What the caretaker found</h2>
          {asked.answer.findings.length === 0 && <p class="soft">Nothing: no order has contradicted the others.</p>}
          <ul class="rows">
            {asked.answer.findings.map((each) => (
              <FindingRow key={`${each.orderId} ${each.kind}`} finding={each} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function FindingRow({ finding: { orderId, number, kind, repaired, at } }: { finding: OrderFinding }) {
  return (
    <li class="row">
      <strong>{withHash(number)}</strong>
      <span>{findingWords(kind)}</span>
      <span class={`flag flag-${repaired ? "good" : "bad"}`}>{repaired ? "mended" : "look at it"}</span>
      <span class="soft">
        <When at={at} />
      </span>
      <Link href={orderPath(orderId)}>To the order</Link>
    </li>
  );
}
