import { useEffect, useRef } from "preact/hooks";
import type { BoardTicket } from "#common/genproto/order/v1/staff_pb";
import { newcomers } from "../../board/tickets.ts";
import { useDesk } from "../useDesk.ts";
import { withHash } from "./TicketCard.tsx";

/** Rings and says so when a ticket arrives; the first board is no news. */
export function useNewcomers(tickets: readonly BoardTicket[], live: boolean) {
  const { chime, announcement } = useDesk();
  const known = useRef<ReadonlySet<string> | undefined>(undefined);
  useEffect(() => {
    if (!live) return;
    const fresh = known.current ? newcomers(known.current, tickets) : [];
    known.current = new Set(tickets.map(({ orderId }) => orderId));
    if (fresh.length === 0) return;
    chime.ring();
    announcement.set(`New: ${fresh.map(({ number }) => withHash(number)).join(", ")}`);
  }, [tickets, live, chime, announcement]);
}
