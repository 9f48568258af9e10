import { timestampFromMs, timestampMs } from "@bufbuild/protobuf/wkt";
import { Code, type ServiceImpl } from "@connectrpc/connect";
import { OrderStatus } from "#common/genproto/order/v1/order_pb";
import type { BoardTicket } from "#common/genproto/order/v1/staff_pb";
import type { StaffService } from "#common/genproto/staff/v1/staff_pb";
import { type FakeState, refusal } from "./state.ts";

/** The board as the service shows it: finished tickets for five minutes. */
export function boardOf({ orders, now }: FakeState) {
  const isShown = ({ status, finishedAt }: BoardTicket) =>
    status !== OrderStatus.READY || (finishedAt && timestampMs(finishedAt) > now() - 300_000);
  const tickets = orders.flatMap(({ ticket }) => (ticket && isShown(ticket) ? [ticket] : []));
  return { tickets, at: timestampFromMs(now()) };
}

type Acts = Pick<ServiceImpl<typeof StaffService>, "takeTicket" | "finishTicket" | "takeBackTicket" | "tickDish">;

/** What a cook does with tickets. */
export function kitchenActs(state: FakeState): Acts {
  function change(orderId: string, from: readonly OrderStatus[], act: (ticket: BoardTicket) => void) {
    const kept = state.orders.find(({ order }) => order.id === orderId);
    if (!kept?.ticket) throw refusal(Code.NotFound, "there is no such ticket");
    if (!from.includes(kept.ticket.status))
      throw refusal(Code.FailedPrecondition, "another cook was quicker with this ticket");
    const { status } = kept.ticket;
    act(kept.ticket);
    // As with the order service: a dish that is ticked off makes no new version.
    if (kept.ticket.status !== status) kept.ticket.version += 1n;
    kept.order.status = kept.ticket.status;
    kept.order.version = kept.ticket.version;
    return { ticket: kept.ticket };
  }
  const { PAID, COOKING, READY } = OrderStatus;
  return {
    takeTicket: ({ orderId }) =>
      change(orderId, [PAID], (ticket) => {
        ticket.status = COOKING;
        ticket.claimedBy = "staff:olga";
      }),
    finishTicket: ({ orderId }) =>
      change(orderId, [COOKING], (ticket) => {
        ticket.status = READY;
        ticket.finishedAt = timestampFromMs(state.now());
      }),
    takeBackTicket: ({ orderId }) =>
      change(orderId, [COOKING, READY], (ticket) => {
        const late = ticket.finishedAt && timestampMs(ticket.finishedAt) < state.now() - 60_000;
        if (ticket.status === READY && late)
          throw refusal(Code.FailedPrecondition, "it was finished over a minute ago");
        ticket.status = ticket.status === READY ? COOKING : PAID;
      }),
    tickDish: ({ orderId, productId, done }) =>
      change(orderId, [COOKING], (ticket) => {
        for (const line of ticket.lines) if (line.productId === productId) line.done = done;
      }),
  };
}
