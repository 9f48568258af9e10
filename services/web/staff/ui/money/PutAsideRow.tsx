import { useState } from "preact/hooks";
import type { PutAside } from "#common/genproto/payment/v1/payment_pb";
import { amountText } from "../../money/amount.ts";
import { orderPath } from "../../routing/route.ts";
import { ActDialog } from "../ActDialog.tsx";
import { Link } from "../Link.tsx";
import { useDesk, useMe } from "../useDesk.ts";
import { When } from "../When.tsx";

const reasons: Record<string, string> = {
  unknown_order: "no order is known for it",
  other_session: "it was paid in another session",
  other_amount: "the amount is another one than the order’s",
  other_currency: "the currency is another one than the order’s",
};

/** Money that matches no order, and what becomes of it. */
export function PutAsideRow({ item, onDone }: { item: PutAside; onDone(): void }) {
  const { staff } = useDesk();
  const { may } = useMe();
  const [open, setOpen] = useState<"refund" | "dismiss">();
  const { eventId, orderId, taken, reason, at } = item;
  const resolve = (kind: "refund" | "dismiss") => (requestId: string, why: string) =>
    staff.resolvePutAside({ requestId, reason: why, eventId, decision: { case: kind, value: {} } });
  const shared = { onClose: () => setOpen(undefined), onDone } as const;
  return (
    <li class="row">
      <strong class="price">{amountText(taken)}</strong>
      <span class="flag flag-warn">{reasons[reason] ?? reason}</span>
      <span class="soft">
        <When at={at} />
      </span>
      {orderId && <Link href={orderPath(orderId)}>To the order</Link>}
      {may("ResolvePutAside") && (
        <span class="row-acts">
          <button type="button" class="button button-quiet" onClick={() => setOpen("refund")}>
            Give it back
          </button>
          <button type="button" class="button button-quiet" onClick={() => setOpen("dismiss")}>
            Dismiss
          </button>
        </span>
      )}
      <ActDialog
        {...shared}
        open={open === "refund"}
        title={`Give ${amountText(taken)} back?`}
        text="It goes back to whoever paid it."
        confirm={`Give back ${amountText(taken)}`}
        danger
        reasons={["Paid twice", "Belongs to no order"]}
        what={`put-aside refund ${eventId}`}
        said={`${amountText(taken)} go back`}
        call={resolve("refund")}
      />
      <ActDialog
        {...shared}
        open={open === "dismiss"}
        title={`Dismiss ${amountText(taken)}?`}
        text="It was looked at, and nothing is to be done. The money stays where it is."
        confirm="Dismiss"
        danger
        reasons={["Settled by hand", "A test"]}
        what={`put-aside dismiss ${eventId}`}
        said="Dismissed"
        call={resolve("dismiss")}
      />
    </li>
  );
}
