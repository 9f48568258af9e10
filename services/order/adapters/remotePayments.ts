import { createClient, type Transport } from "@connectrpc/connect";
import { answeredMoney, moneyMessage } from "#common/connect/money";
import { isKind } from "#common/errors";
import {
  type Payment as PaymentMessage,
  PaymentService,
  RefundState,
  CheckoutStatus as Status,
} from "#common/genproto/payment/v1/payment_pb";
import type { CheckoutStatus, Payable, Payment, Payments, RefundAnswer } from "../app/services.ts";

const statuses: Record<Status, CheckoutStatus> = {
  [Status.UNSPECIFIED]: "unknown",
  [Status.OPEN]: "open",
  [Status.PROCESSING]: "processing",
  [Status.PAID]: "paid",
  [Status.CLOSED]: "closed",
  [Status.REFUNDED]: "refunded",
  [Status.REFUNDING]: "refunding",
};

const refunds: Record<RefundState, RefundAnswer["refund"] | undefined> = {
  [RefundState.UNSPECIFIED]: undefined,
  [RefundState.REFUNDING]: "refunding",
  [RefundState.SUCCEEDED]: "succeeded",
  [RefundState.FAILED]: "failed",
};

/** What a payment service of the version before means, which says how the payment stands and nothing of its refund. */
const implied: Partial<Record<CheckoutStatus, RefundAnswer["refund"]>> = {
  refunding: "refunding",
  refunded: "succeeded",
};

/** Payment over Connect. */
export function remotePayments(transport: Transport): Payments {
  const client = createClient(PaymentService, transport);
  return {
    async close(order, reason) {
      try {
        // That it was staff who cancelled is nothing that payment knows of.
        const why = reason === "staff" ? "customer" : reason;
        return paymentOf((await client.closeCheckout({ ...named(order), reason: why })).payment);
      } catch (error) {
        if (!isKind(error, "conflict")) throw error;
        // Something was taken that is no payment of this order: an operator has it, and nobody can pay any more.
        return { status: "closed" };
      }
    },
    async refund(order, asked) {
      // The version before would give back everything, whatever the amount: it refuses what names no order.
      const part = asked?.amount && { amount: moneyMessage(asked.amount), orderId: "", partOfOrderId: order.id };
      const whole = { ...named(order), ...(asked && { refundId: asked.refundId }) };
      const { payment: message, state } = await client.refundPayment({ ...whole, ...part });
      const payment = paymentOf(message);
      return { ...payment, refund: refunds[state] ?? implied[payment.status] ?? "none" };
    },
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
  const status = statuses[message?.status ?? Status.UNSPECIFIED] ?? "unknown";
  if (status !== "paid") return { status };
  return { status, total: answeredMoney(message?.total, `What was paid for ${message?.orderId}`) };
}
