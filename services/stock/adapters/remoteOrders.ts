import { createClient, type Transport } from "@connectrpc/connect";
import { isKind } from "#common/errors";
import { OrderService, OrderStatus } from "#common/genproto/order/v1/order_pb";
import type { Orders } from "../app/ports.ts";

const needNothing: readonly (OrderStatus | undefined)[] = [OrderStatus.CANCELLED, OrderStatus.REFUNDED];

/** The order service over Connect. */
export function remoteOrders(transport: Transport): Orders {
  const client = createClient(OrderService, transport);
  return {
    async needItems(orderId) {
      try {
        const { order } = await client.getOrder({ orderId });
        return !needNothing.includes(order?.status);
      } catch (error) {
        if (isKind(error, "not_found")) return false;
        throw error;
      }
    },
  };
}
