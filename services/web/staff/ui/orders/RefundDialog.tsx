import { useEffect, useState } from "preact/hooks";
import type { GetOrderFileResponse } from "#common/genproto/order/v1/staff_pb";
import { amountText, parseAmount } from "../../money/amount.ts";
import { ActDialog } from "../ActDialog.tsx";
import { Field } from "../Field.tsx";
import { withHash } from "../kitchen/TicketCard.tsx";
import { Segments } from "../Segments.tsx";
import { useDesk } from "../useDesk.ts";

type Props = { open: boolean; file: GetOrderFileResponse; onClose(): void; onDone(): void };

/** Gives all that is left of an order's money back, or a part of it. */
export function RefundDialog({ open, file, onClose, onDone }: Props) {
  const { staff } = useDesk();
  const [part, setPart] = useState(false);
  const [typed, setTyped] = useState("");
  useEffect(() => {
    if (open) return;
    setPart(false);
    setTyped("");
  }, [open]);
  const left = file.refundable;
  const order = file.order;
  if (!left || !order) return null;
  const wanted = part ? parseAmount(typed, left.currency) : left.amount;
  const wrong =
    wanted === undefined
      ? "Say how much, as 4.50."
      : wanted > left.amount
        ? `Only ${amountText(left)} are left to give back.`
        : undefined;
  const amount = { amount: wanted ?? 0n, currency: left.currency };
  const number = withHash(file.number);
  return (
    <ActDialog
      open={open}
      onClose={onClose}
      title={`Give money back for ${number}?`}
      text={`${amountText(left)} of ${amountText(order.total)} are left to give back.`}
      confirm={wrong ? "Give back" : `Give back ${amountText(amount)}`}
      danger
      reasons={["Waited too long", "The meal was not right", "The wrong dish"]}
      what={`refund ${order.id} ${part ? wanted : "all"}`}
      said={`${amountText(amount)} go back for ${number}`}
      wrong={wrong}
      call={(requestId, reason) => staff.refundOrder({ requestId, reason, orderId: order.id, ...(part && { amount }) })}
      onDone={onDone}
    >
      <Segments
        class="segments-wide"
        label="How much"
        value={part ? "part" : "all"}
        options={[
          ["all", "All that is left"],
          ["part", "A part"],
        ]}
        onChange={(picked) => setPart(picked === "part")}
      />
      {part && (
        <Field
          label={`Amount in ${left.currency.toUpperCase()}`}
          inputMode="decimal"
          value={typed}
          onChange={setTyped}
        />
      )}
    </ActDialog>
  );
}
