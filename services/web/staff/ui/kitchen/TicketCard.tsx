import type { BoardTicket } from "#common/genproto/order/v1/staff_pb";
import type { TicketResponse } from "#common/genproto/staff/v1/staff_pb";
import { actorWords } from "../../actors.ts";
import { type Column, lateness } from "../../board/tickets.ts";
import { Failure } from "../Failure.tsx";
import { memo } from "../memo.tsx";
import { useAct } from "../useAct.ts";
import { useDesk, useMe } from "../useDesk.ts";
import { CardActs } from "./CardActs.tsx";
import { DishLine } from "./DishLine.tsx";

type Props = {
  ticket: BoardTicket;
  column: Column;
  /** Since the guest paid. */
  minutes: number;
  /** Seconds in which a finished one can still be taken back. */
  takeBack: number;
};

/** "#7F3A2C", however the service writes it. */
export const withHash = (number: string) => `#${number.replace(/^#/, "")}`;

/** A ticket to be cooked, with dishes that can be read from a step away. */
export const TicketCard = memo(function Card({ ticket, column, minutes, takeBack }: Props) {
  const { staff, board } = useDesk();
  const { me } = useMe();
  const { act, busy, error } = useAct();
  const { orderId, version, lines } = ticket;
  const number = withHash(ticket.number);

  /** One press of a button of this card, as the card is now. */
  async function press(what: string, said: string, call: (requestId: string) => Promise<TicketResponse>) {
    const answer = await act(`${what} ${orderId} ${version}`, `${number}: ${said}`, call);
    if (answer?.ticket) board.learn(answer.ticket);
  }
  const tick = (productId: string, done: boolean) =>
    press(`tick ${productId} ${done}`, done ? "ticked off" : "not done yet", (requestId) =>
      staff.tickDish({ requestId, orderId, productId, done }),
    );

  return (
    <li
      class={`ticket ticket-${column} ticket-${column === "finished" ? "fresh" : lateness(minutes)}`}
      aria-busy={busy}
    >
      <div class="ticket-head">
        <h3>{number}</h3>
        <span class="ticket-wait">
          {minutes} <span>min</span>
        </span>
        {(ticket.guestName || column === "cooking") && (
          <p class="ticket-people">
            {ticket.guestName && <strong>{ticket.guestName}</strong>}
            {column === "cooking" && <span>{actorWords(ticket.claimedBy, me.subject)}</span>}
          </p>
        )}
      </div>
      <ul class="dishes">
        {lines.map((line) => (
          <DishLine
            key={line.productId}
            line={line}
            number={number}
            canTick={column === "cooking"}
            onTick={(done) => void tick(line.productId, done)}
          />
        ))}
      </ul>
      <Failure error={error} ofAct />
      <CardActs ticket={ticket} number={number} column={column} takeBack={takeBack} busy={busy} press={press} />
    </li>
  );
});
