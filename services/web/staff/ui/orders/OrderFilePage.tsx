import { useCallback } from "preact/hooks";
import type { GetOrderResponse } from "#common/genproto/staff/v1/staff_pb";
import { Notice } from "../../../ui/Notice.tsx";
import { useTitle } from "../../../ui/useTitle.ts";
import { amountText } from "../../money/amount.ts";
import { screenPath } from "../../routing/route.ts";
import { ActList } from "../audit/ActList.tsx";
import { withHash } from "../kitchen/TicketCard.tsx";
import { Link } from "../Link.tsx";
import { Shown } from "../Shown.tsx";
import { StatusChip } from "../StatusChip.tsx";
import { useAsked } from "../useAsked.ts";
import { useDesk } from "../useDesk.ts";
import { When } from "../When.tsx";
import { History } from "./History.tsx";
import { OrderActs } from "./OrderActs.tsx";
import { PaymentFile } from "./PaymentFile.tsx";
import { Refunds } from "./Refunds.tsx";
import { StillOpen } from "./StillOpen.tsx";

const freshMs = 5_000;

/** All that is known of an order, and what can be done with it. */
export function OrderFilePage({ orderId }: { orderId: string }) {
  const { staff } = useDesk();
  const ask = useCallback((signal: AbortSignal) => staff.getOrder({ orderId }, { signal }), [staff, orderId]);
  const asked = useAsked(ask, freshMs);
  const number = asked.answer?.file?.number;
  useTitle(number ? withHash(number) : "Order");
  return (
    <div class="file">
      <p class="eyebrow">
        <Link href={screenPath("orders")}>Orders</Link>
      </p>
      {asked.answer === undefined && <h1 tabIndex={-1}>Order</h1>}
      <Shown of={asked} label="The order is loading">
        {(answer) => <OrderFile answer={answer} again={asked.again} />}
      </Shown>
    </div>
  );
}

function OrderFile({ answer, again }: { answer: GetOrderResponse; again(): void }) {
  const { file, payment, acts, unavailable, traceUrl } = answer;
  const order = file?.order;
  if (!file || !order) return null;
  return (
    <>
      <div class="file-head">
        <h1 tabIndex={-1}>{withHash(file.number)}</h1>
        <StatusChip status={order.status} />
        <span class="price file-total">{amountText(order.total)}</span>
      </div>
      <p class="file-facts">
        Placed <When at={order.createdAt} /> by {order.guestName && <strong>{order.guestName}, </strong>}
        guest <code>{order.customerId}</code>
        {traceUrl && (
          <a href={traceUrl} rel="noreferrer" target="_blank">
            Its trace
          </a>
        )}
      </p>
      {unavailable.length > 0 && (
        <Notice kind="warn" title="Not all of it is here">
          <p>{unavailable.join(", ")} could not be asked. The rest is as it is now.</p>
        </Notice>
      )}
      <OrderActs file={file} onDone={again} />
      <div class="file-parts">
        <section aria-labelledby="items-heading" class="order-items">
          <h2 id="items-heading">Dishes</h2>
          <ul>
            {order.items.map(({ productId, name, quantity, unitPrice, note }) => (
              <li key={productId}>
                <span>
                  <span class="times">{quantity} ×</span> {name}
                  {note && <em class="item-note">{note}</em>}
                </span>
                <span class="price">
                  {unitPrice && amountText({ ...unitPrice, amount: unitPrice.amount * BigInt(quantity) })}
                </span>
              </li>
            ))}
          </ul>
        </section>
        <History history={order.history} />
        <PaymentFile payment={payment} order={order} />
        <Refunds refunds={file.refunds} refundable={file.refundable} />
        <StillOpen file={file} />
        <section aria-labelledby="acts-heading">
          <h2 id="acts-heading">Who did what</h2>
          <ActList records={acts} nothing="Nobody of the staff has touched it." />
        </section>
      </div>
    </>
  );
}
