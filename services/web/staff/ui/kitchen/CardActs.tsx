import type { BoardTicket } from "#common/genproto/order/v1/staff_pb";
import type { TicketResponse } from "#common/genproto/staff/v1/staff_pb";
import type { Column } from "../../board/tickets.ts";
import { useDesk, useMe } from "../useDesk.ts";

type Props = {
  ticket: BoardTicket;
  number: string;
  column: Column;
  takeBack: number;
  busy: boolean;
  press(what: string, said: string, call: (requestId: string) => Promise<TicketResponse>): Promise<void>;
};

/** What one touch does with a ticket; "take back" undoes what was touched by mistake. */
export function CardActs({ ticket: { orderId }, number, column, takeBack, busy, press }: Props) {
  const { staff } = useDesk();
  const { may } = useMe();
  const take = () => press("take", "taken", (requestId) => staff.takeTicket({ requestId, orderId }));
  const finish = () => press("finish", "finished", (requestId) => staff.finishTicket({ requestId, orderId }));
  const back = () => press("back", "taken back", (requestId) => staff.takeBackTicket({ requestId, orderId }));
  const main = { type: "button", "data-main": true, "aria-disabled": busy } as const;
  return (
    <div class="ticket-acts">
      {column === "waiting" && may("TakeTicket") && (
        <button {...main} class="button button-big" onClick={take} aria-label={`Take ${number}`}>
          {busy ? "Taking…" : "Take"}
        </button>
      )}
      {column === "cooking" && may("TakeBackTicket") && (
        <button type="button" class="button button-big button-quiet" onClick={back} aria-label={`Put ${number} back`}>
          Back
        </button>
      )}
      {column === "cooking" && may("FinishTicket") && (
        <button {...main} class="button button-big button-done" onClick={finish} aria-label={`Finish ${number}`}>
          {busy ? "One moment…" : "Done"}
        </button>
      )}
      {column === "finished" && takeBack > 0 && may("TakeBackTicket") && (
        <button {...main} class="button button-big button-quiet" onClick={back} aria-label={`Take ${number} back`}>
          Take back <span class="seconds">{takeBack} s</span>
        </button>
      )}
    </div>
  );
}
