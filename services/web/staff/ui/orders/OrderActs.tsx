import { useState } from "preact/hooks";
import { OrderStatus } from "#common/genproto/order/v1/order_pb";
import type { GetOrderFileResponse } from "#common/genproto/order/v1/staff_pb";
import { ActDialog } from "../ActDialog.tsx";
import { withHash } from "../kitchen/TicketCard.tsx";
import { useDesk, useMe } from "../useDesk.ts";
import { RefundDialog } from "./RefundDialog.tsx";

const [unpaid, paid] = ["Nobody can pay for it any more.", "It is not cooked any more, and all its money goes back."];

/** What it means to cancel an order in each status; undefined where there is nothing to cancel. */
const cancelling: Record<OrderStatus, string | undefined> = {
  [OrderStatus.UNSPECIFIED]: undefined,
  [OrderStatus.PENDING]: unpaid,
  [OrderStatus.WAITING_FOR_PAYMENT]: unpaid,
  [OrderStatus.PAID]: paid,
  [OrderStatus.COOKING]: paid,
  [OrderStatus.READY]: undefined,
  [OrderStatus.CANCELLED]: undefined,
  [OrderStatus.REFUNDED]: undefined,
};

/** What can be done with the order as it stands; the service has the last word. */
export function OrderActs({ file, onDone }: { file: GetOrderFileResponse; onDone(): void }) {
  const { staff } = useDesk();
  const { may } = useMe();
  const [open, setOpen] = useState<"cancel" | "refund" | "announce">();
  const order = file.order;
  if (!order) return null;
  const orderId = order.id;
  const number = withHash(file.number);
  const meaning = cancelling[order.status];
  const close = () => setOpen(undefined);
  return (
    <div class="file-acts">
      {may("RefundOrder") && (file.refundable?.amount ?? 0n) > 0n && (
        <button type="button" class="button" onClick={() => setOpen("refund")}>
          Give money back
        </button>
      )}
      {may("CancelOrder") && meaning !== undefined && (
        <button type="button" class="button button-quiet" onClick={() => setOpen("cancel")}>
          Cancel the order
        </button>
      )}
      {may("AnnounceOrder") && file.openEntries.length > 0 && (
        <button type="button" class="button button-quiet" onClick={() => setOpen("announce")}>
          Announce again
        </button>
      )}
      <RefundDialog open={open === "refund"} file={file} onClose={close} onDone={onDone} />
      <ActDialog
        open={open === "cancel"}
        onClose={close}
        title={`Cancel ${number}?`}
        text={meaning ?? ""}
        confirm="Cancel the order"
        danger
        reasons={["The guest called", "The dish is not to be had", "We are closing"]}
        what={`cancel ${orderId}`}
        said={`${number} is cancelled`}
        call={(requestId, reason) => staff.cancelOrder({ requestId, reason, orderId })}
        onDone={onDone}
      />
      <ActDialog
        open={open === "announce"}
        onClose={close}
        title={`Announce ${number} again?`}
        text="What the order still waits for is said once more to whoever has to hear it. That does no harm."
        confirm="Announce"
        what={`announce ${orderId}`}
        said={`${number} was announced again`}
        call={(requestId) => staff.announceOrder({ requestId, orderId })}
        onDone={onDone}
      />
    </div>
  );
}
