import { createClient, type Transport } from "@connectrpc/connect";
import { isKind } from "#common/errors";
import { type Order, OrderService } from "#common/genproto/order/v1/order_pb";
import type { KnownOrder, Orders } from "../app/ports.ts";

/** The order service over Connect. */
export function remoteOrders(transport: Transport): Orders {
  const client = createClient(OrderService, transport);
  return {
    async find(orderId) {
      try {
        const { order } = await client.getOrder({ orderId });
        return order && known(order);
      } catch (error) {
        if (isKind(error, "not_found")) return undefined;
        throw error;
      }
    },

    async requestPayment(orderId, { id: checkoutSessionId, url: paymentLink }) {
      const value = { paymentLink, checkoutSessionId };
      await client.updateOrder({ orderId, change: { case: "paymentRequested", value } });
    },

    async closeCheckout(orderId, reason) {
      await client.updateOrder({ orderId, change: { case: "checkoutClosed", value: { reason } } });
    },
  };
}

function known({ customerId, total, checkoutSessionId, paymentLink, traceparent }: Order): KnownOrder {
  const { amount = 0n, currency = "" } = total ?? {};
  return {
    customerId,
    total: { amount: Number(amount), currency },
    sessionId: checkoutSessionId,
    paymentLink,
    traceparent,
  };
}
