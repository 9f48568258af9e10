import { useCallback, useRef } from "preact/hooks";
import { RefundState } from "#common/genproto/payment/v1/payment_pb";
import type { Dispute, Refund } from "#common/genproto/payment/v1/staff_pb";

import { useTitle } from "../../../ui/useTitle.ts";
import { amountText } from "../../money/amount.ts";
import { moneyPages } from "../../money/pages.ts";
import { plainly } from "../../money/provider.ts";
import { orderPath } from "../../routing/route.ts";
import { Link } from "../Link.tsx";
import { Shown } from "../Shown.tsx";
import { useAsked } from "../useAsked.ts";
import { useDesk } from "../useDesk.ts";
import { When } from "../When.tsx";
import { PutAsideRow } from "./PutAsideRow.tsx";

const freshMs = 15_000;

/** Money that somebody has to look at. */
export function MoneyPage() {
  useTitle("Money");
  const { staff } = useDesk();
  const pages = useRef(1);
  const ask = useCallback((signal: AbortSignal) => moneyPages(staff, pages.current, signal), [staff]);
  const asked = useAsked(ask, freshMs);
  const showMore = () => {
    pages.current += 1;
    asked.again();
  };
  return (
    <>
      <h1 tabIndex={-1}>Money</h1>
      <p class="lead">What matches no order, what is on its way back, and what guests dispute.</p>
      <Shown of={asked} label="The money is loading">
        {(money) => (
          <div class="parts">
            <section aria-labelledby="aside-heading">
              <h2 id="aside-heading">Put aside</h2>
              {!money.putAside.length && <p class="soft">Nothing: all money belongs to an order.</p>}
              <ul class="rows">
                {money.putAside.map((each) => (
                  <PutAsideRow key={each.eventId} item={each} onDone={asked.again} />
                ))}
              </ul>
              {money.nextPageToken && (
                <button type="button" class="button button-quiet more" onClick={showMore}>
                  More
                </button>
              )}
            </section>
            <section aria-labelledby="refunds-heading">
              <h2 id="refunds-heading">Refunds under way or failed</h2>
              {!money.refunds.length && <p class="soft">None.</p>}
              <ul class="rows">
                {money.refunds.map((each) => (
                  <RefundRow key={each.id} refund={each} />
                ))}
              </ul>
            </section>
            <section aria-labelledby="disputes-heading">
              <h2 id="disputes-heading">Disputes</h2>
              {!money.disputes.length && <p class="soft">None.</p>}
              <ul class="rows">
                {money.disputes.map((each) => (
                  <DisputeRow key={each.id} dispute={each} />
                ))}
              </ul>
            </section>
          </div>
        )}
      </Shown>
    </>
  );
}

function RefundRow({ refund: { orderId, amount, state, failure, at } }: { refund: Refund }) {
  const failed = state === RefundState.FAILED;
  return (
    <li class="row">
      <strong class="price">{amountText(amount)}</strong>
      <span class={`flag flag-${failed ? "bad" : "warn"}`}>
        {failed ? `failed: ${plainly(failure) || "no reason"}` : "under way"}
      </span>
      <span class="soft">
        since <When at={at} />
      </span>
      <Link href={orderPath(orderId)}>To the order</Link>
    </li>
  );
}

function DisputeRow({ dispute: { orderId, amount, reason, status, at } }: { dispute: Dispute }) {
  return (
    <li class="row">
      <strong class="price">{amountText(amount)}</strong>
      <span class="flag flag-bad">{plainly(status)}</span>
      <span class="soft">
        {plainly(reason)}, <When at={at} />
      </span>
      {orderId && <Link href={orderPath(orderId)}>To the order</Link>}
    </li>
  );
}
