import { createClient, type Transport } from "@connectrpc/connect";
import { OrderService } from "#common/genproto/order/v1/order_pb";
import type { Orders } from "../app/ports.ts";

/** The order service over Connect. */
export function remoteOrders(transport: Transport): Orders {
  const client = createClient(OrderService, transport);
  return {
    async requestPayment(orderId, paymentLink) {
      await client.updateOrder({ orderId, change: { case: "paymentRequested", value: { paymentLink } } });
    },
  };
}
