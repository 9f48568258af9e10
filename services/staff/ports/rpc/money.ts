import type { ServiceImpl } from "@connectrpc/connect";
import type { StaffService } from "#common/genproto/staff/v1/staff_pb";
import type { Services } from "../../adapters/services.ts";
import { actOf } from "../caller.ts";

type Rpc = Pick<ServiceImpl<typeof StaffService>, "getTakings" | "listMoney" | "resolvePutAside">;

/** What was taken, and money that waits for somebody. */
export function moneyRpc({ order, payment }: Pick<Services, "order" | "payment">): Rpc {
  return {
    async getTakings({ from, until }) {
      return { takings: await order.getTakings({ from, until }) };
    },
    async listMoney({ pageToken }) {
      return { money: await payment.listMoney({ pageToken }) };
    },
    async resolvePutAside(request, context) {
      const { eventId, decision } = request;
      await payment.resolvePutAside({ act: actOf(request, context, { required: true }), eventId, decision });
      return {};
    },
  };
}
