import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { moneyMessage } from "#common/connect/money";
import { CheckoutStatus, type Payment as PaymentMessage, PaymentSchema } from "#common/genproto/payment/v1/payment_pb";
import type { Payment } from "../domain/payment.ts";
import { standingOf } from "../domain/refunds.ts";

const statuses: Record<ReturnType<typeof standingOf>, CheckoutStatus> = {
  open: CheckoutStatus.OPEN,
  processing: CheckoutStatus.PROCESSING,
  paid: CheckoutStatus.PAID,
  closed: CheckoutStatus.CLOSED,
  barred: CheckoutStatus.CLOSED,
  refunding: CheckoutStatus.REFUNDING,
  refunded: CheckoutStatus.REFUNDED,
};

/** A payment as other services see it. */
export function paymentMessage(payment: Payment): PaymentMessage {
  const { orderId } = payment;
  const status = statuses[standingOf(payment)];
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
