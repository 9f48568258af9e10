import type { ServiceImpl } from "@connectrpc/connect";
import type { StaffService } from "#common/genproto/staff/v1/staff_pb";
import type { Services } from "../../adapters/services.ts";
import { actOf } from "../caller.ts";

type Rpc = Pick<ServiceImpl<typeof StaffService>, "takeTicket" | "finishTicket" | "takeBackTicket" | "tickDish">;

/** What a cook does with a ticket. */
export function ticketRpc({ order }: Pick<Services, "order">): Rpc {
  return {
    async takeTicket(request, context) {
      const { ticket } = await order.takeTicket({ act: actOf(request, context), orderId: request.orderId });
      return { ticket };
    },
    async finishTicket(request, context) {
      const { ticket } = await order.finishTicket({ act: actOf(request, context), orderId: request.orderId });
      return { ticket };
    },
    async takeBackTicket(request, context) {
      const { ticket } = await order.takeBackTicket({ act: actOf(request, context), orderId: request.orderId });
      return { ticket };
    },
    async tickDish(request, context) {
      const { orderId, productId, done } = request;
      const { ticket } = await order.tickDish({ act: actOf(request, context), orderId, productId, done });
      return { ticket };
    },
  };
}
