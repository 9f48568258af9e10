import { createClient, type Transport } from "@connectrpc/connect";
import { batched } from "#common/batch";
import { isUnknownCall } from "#common/connect/errors";
import { refusalOf } from "#common/connect/items";
import { answeredMoney, moneyMessage } from "#common/connect/money";
import { isKind } from "#common/errors";
import { type Order, OrderService, RefundStatus } from "#common/genproto/order/v1/order_pb";
import type { KnownOrder, Orders } from "../app/services.ts";
import type { RefundState } from "../domain/moneyBack.ts";

/** The most offers that leave in one call. */
const most = 500;

const statuses: Record<RefundState, RefundStatus> = {
  refunding: RefundStatus.REFUNDING,
  succeeded: RefundStatus.SUCCEEDED,
  failed: RefundStatus.FAILED,
};

type Offer = { orderId: string; paymentLink: string; checkoutSessionId: string };

/** The order service over Connect. Offers of payment that are made together leave as one call. */
export function remoteOrders(transport: Transport): Orders {
  const client = createClient(OrderService, transport);
  const offer = batched(async (offers: readonly Offer[]) => {
    const { results } = await client.offerPayments({ offers: [...offers] });
    return results;
  }, most);

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
      const refusal = refusalOf("order", await offer({ orderId, paymentLink, checkoutSessionId }));
      if (refusal) throw refusal;
    },

    async closeCheckout(orderId, reason) {
      await client.closeUnpaid({ orderId, reason });
    },

    async recordRefunds(orderId, currency, moved) {
      const refunds = moved.map(({ id: refundId, amount, state }) => {
        return { refundId, amount: moneyMessage({ amount, currency }), status: statuses[state] };
      });
      try {
        await client.recordRefunds({ orderId, refunds });
        return true;
      } catch (error) {
        if (isUnknownCall(error)) return false;
        throw error;
      }
    },
  };
}

function known({ customerId, total, checkoutSessionId, paymentLink, traceparent }: Order): KnownOrder {
  return {
    customerId,
    total: answeredMoney(total, "The order's total"),
    sessionId: checkoutSessionId,
    paymentLink,
    traceparent,
  };
}
