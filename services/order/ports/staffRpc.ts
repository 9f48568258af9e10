import type { ConnectRouter } from "@connectrpc/connect";
import { OrderStaffService } from "#common/genproto/order/v1/staff_pb";
import type { OrderApp } from "../app/app.ts";
import { encodeCursor } from "./http/cursor.ts";
import { orderMessage } from "./proto.ts";
import { actMessage, boardTicket, orderFile, refundMessage, takingsMessage, troubleMessage } from "./staffProto.ts";
import { actOn, actsSearched, searched, wholeSpan, within } from "./staffRequests.ts";

/** OrderStaffService, for the staff service alone. */
export function orderStaffRpc({ staff, getOrder }: OrderApp): (router: ConnectRouter) => void {
  return (router) =>
    router.service(OrderStaffService, {
      async listTickets({ finishedWithinSeconds }) {
        const seconds = within(finishedWithinSeconds, 0, 3_600, 300, "finished_within_seconds");
        return { tickets: (await staff.listTickets({ finishedWithinSeconds: seconds })).map(boardTicket) };
      },
      async takeTicket(request) {
        const leaseSeconds = within(request.leaseSeconds, 60, 7_200, 3_600, "lease_seconds");
        return { ticket: boardTicket(await staff.takeTicket({ ...actOn(request), leaseSeconds })) };
      },
      async tickDish(request) {
        const { productId, done } = request;
        return { ticket: boardTicket(await staff.tickDish({ ...actOn(request), productId, done })) };
      },
      finishTicket: async (request) => ({ ticket: boardTicket(await staff.finishTicket(actOn(request))) }),
      takeBackTicket: async (request) => ({ ticket: boardTicket(await staff.takeBackTicket(actOn(request))) }),

      async searchOrders(request) {
        const { orders, next } = await staff.search(searched(request));
        return { orders: orders.map(orderMessage), nextPageToken: next ? encodeCursor(next) : "" };
      },
      getOrderFile: async ({ orderId }) => orderFile(await getOrder({ orderId })),

      staffCancelOrder: async (request) => ({ order: orderMessage(await staff.cancel(actOn(request))) }),
      async refundOrder(request) {
        const { amount, currency } = request.amount ?? {};
        const asked = currency === undefined ? {} : { amount: { amount: Number(amount), currency } };
        const on = actOn(request);
        const order = await staff.refund({ ...on, ...asked });
        const refund = order.refunds?.find(({ id }) => id === on.act.requestId);
        return { order: orderMessage(order), ...(refund && { refund: refundMessage(refund) }) };
      },
      async announceOrder(request) {
        await staff.announce(actOn(request));
        return {};
      },
      getTakings: async (request) => takingsMessage(await staff.takings(wholeSpan(request))),
      listTrouble: async () => troubleMessage(await staff.listTrouble({})),
      async listOrderActs({ filter }) {
        const { acts, next } = await staff.listActs(actsSearched(filter));
        const nextPageToken = next ? encodeCursor({ placedAt: next.at, id: next.id }) : "";
        return { page: { records: acts.map(actMessage), nextPageToken } };
      },
    });
}
