import { createClient, type Transport } from "@connectrpc/connect";
import { isKind } from "#common/errors";
import {
  type Payment as PaymentMessage,
  PaymentService,
  CheckoutStatus as Status,
} from "#common/genproto/payment/v1/payment_pb";
import type { CheckoutStatus, Payable, Payment, Payments } from "../app/ports.ts";

const statuses: Record<Status, CheckoutStatus> = {
  [Status.UNSPECIFIED]: "unknown",
  [Status.OPEN]: "open",
  [Status.PROCESSING]: "processing",
  [Status.PAID]: "paid",
  [Status.CLOSED]: "closed",
  [Status.REFUNDED]: "refunded",
  [Status.REFUNDING]: "refunding",
};

/** Payment over Connect. */
export function paymentClient(transport: Transport): Payments {
  const client = createClient(PaymentService, transport);
  return {
    async close(order, reason) {
      try {
        return paymentOf((await client.closeCheckout({ ...named(order), reason })).payment);
      } catch (error) {
        if (!isKind(error, "conflict")) throw error;
        // Something was taken that is no payment of this order: an operator has it, and nobody can pay any more.
        return { ...paymentOf(undefined), status: "closed" };
      }
    },
    refund: async (order) => paymentOf((await client.refundPayment(named(order))).payment),
    async announce(orderId) {
      await client.announcePayment({ orderId });
    },
    find: async (orderIds) => (await client.getPayments({ orderIds: [...orderIds] })).payments.map(paymentOf),
  };
}

function named({ id: orderId, checkoutSessionId = "" }: Payable) {
  return { orderId, checkoutSessionId };
}

function paymentOf(message: PaymentMessage | undefined): Payment {
  const { amount = 0n, currency = "" } = message?.total ?? {};
  return {
    status: statuses[message?.status ?? Status.UNSPECIFIED] ?? "unknown",
    total: { amount: Number(amount), currency },
  };
}
