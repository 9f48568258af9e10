import type { BoardTicket } from "#common/genproto/order/v1/staff_pb";
import { type Column, minutesWaiting, secondsToTakeBack } from "../../board/tickets.ts";
import { Nothing } from "../Nothing.tsx";
import { TicketCard } from "./TicketCard.tsx";

export const columnNames: Record<Column, string> = { waiting: "Waiting", cooking: "Cooking", finished: "Finished" };

const nothing: Record<Column, string> = {
  waiting: "Nobody waits.",
  cooking: "Nothing is on the stove.",
  finished: "Nothing was finished in the last minutes.",
};

type Props = { column: Column; tickets: readonly BoardTicket[]; now: number; known: boolean };

export function BoardColumn({ column, tickets, now, known }: Props) {
  return (
    <section class={`column column-${column}`} data-column={column} aria-labelledby={`column-${column}`}>
      <h2 id={`column-${column}`}>
        {columnNames[column]} {known && <span class="count">{tickets.length}</span>}
      </h2>
      {tickets.length === 0 && known && <Nothing text={nothing[column]} small />}
      <ul class="tickets">
        {tickets.map((ticket) => (
          <TicketCard
            key={ticket.orderId}
            ticket={ticket}
            column={column}
            minutes={minutesWaiting(ticket, now)}
            takeBack={column === "finished" ? secondsToTakeBack(ticket, now) : 0}
          />
        ))}
      </ul>
    </section>
  );
}
