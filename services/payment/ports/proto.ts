import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  CheckoutStatus,
  type Payment as PaymentMessage,
  PaymentSchema,
  type PutAsideSchema,
} from "#common/genproto/payment/v1/payment_pb";
import type { PutAside } from "../app/ports.ts";
import type { Money, Payment } from "../domain/payment.ts";

const statuses: Record<Payment["status"], CheckoutStatus> = {
  open: CheckoutStatus.OPEN,
  processing: CheckoutStatus.PROCESSING,
  paid: CheckoutStatus.PAID,
  closed: CheckoutStatus.CLOSED,
  barred: CheckoutStatus.CLOSED,
  refunded: CheckoutStatus.REFUNDED,
};

/** A payment as other services see it. */
export function paymentMessage(payment: Payment): PaymentMessage {
  const { orderId } = payment;
  const status = statuses[payment.status];
  if (payment.status === "barred") return create(PaymentSchema, { orderId, status });
  return create(PaymentSchema, {
    orderId,
    status,
    checkoutSessionId: payment.session.id,
    total: moneyMessage(payment.total),
    ...("paidAt" in payment && { paymentId: payment.paymentId, paidAt: timestampFromDate(new Date(payment.paidAt)) }),
  });
}

/** What is said of an order that has no payment here. */
export function unknownPayment(orderId: string): PaymentMessage {
  return create(PaymentSchema, { orderId });
}

/** A message that was put aside, as operators see it. */
export function putAsideMessage(message: PutAside): MessageInitShape<typeof PutAsideSchema> {
  const { eventId, orderId, sessionId: checkoutSessionId, taken, reason, at } = message;
  return {
    eventId,
    orderId,
    checkoutSessionId,
    taken: moneyMessage(taken),
    reason,
    at: timestampFromDate(new Date(at)),
  };
}

function moneyMessage({ amount, currency }: Money) {
  return { amount: BigInt(amount), currency };
}
