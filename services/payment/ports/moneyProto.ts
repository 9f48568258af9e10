import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { moneyMessage } from "#common/connect/money";
import { type PutAsideSchema, RefundState as State } from "#common/genproto/payment/v1/payment_pb";
import {
  type Dispute as DisputeMessage,
  DisputeSchema,
  type Refund as RefundMessage,
  RefundSchema,
} from "#common/genproto/payment/v1/staff_pb";
import type { Refund, RefundState } from "../domain/moneyBack.ts";
import type { Money, Payment, TakenPayment } from "../domain/payment.ts";
import type { PutAside } from "../domain/putAside.ts";
import { isTaken, openRefunds } from "../domain/refunds.ts";

/** How a refund stands, as others see it. */
export const refundStates: Record<RefundState, State> = {
  refunding: State.REFUNDING,
  succeeded: State.SUCCEEDED,
  failed: State.FAILED,
};

/** All refunds of a payment. */
export function refundsOf(payment: Payment): RefundMessage[] {
  return isTaken(payment)
    ? (payment.refunds ?? []).map((refund) => message(payment.orderId, payment.total, refund))
    : [];
}

/** The refunds of a payment that somebody has to look at. */
export function openRefundsOf(payment: TakenPayment): RefundMessage[] {
  return openRefunds(payment).map((refund) => message(payment.orderId, payment.total, refund));
}

/** The disputes of a payment. */
export function disputesOf(payment: Payment): DisputeMessage[] {
  if (!isTaken(payment)) return [];
  const { orderId, total, disputes = [] } = payment;
  return disputes.map(({ at, amount, id, reason, status }) => {
    const money = moneyMessage({ amount, currency: total.currency });
    return create(DisputeSchema, { id, orderId, amount: money, reason, status, at: timestampFromDate(new Date(at)) });
  });
}

/** The refund of a message that was put aside, once that was decided. */
export function putAsideRefund({ orderId, taken, refund }: PutAside): RefundMessage[] {
  return refund ? [message(orderId, taken, refund)] : [];
}

/** A message that was put aside, as operators see it. */
export function putAsideMessage(putAside: PutAside): MessageInitShape<typeof PutAsideSchema> {
  const { eventId, orderId, sessionId: checkoutSessionId, taken, reason, at } = putAside;
  const time = timestampFromDate(new Date(at));
  return { eventId, orderId, checkoutSessionId, taken: moneyMessage(taken), reason, at: time };
}

function message(orderId: string, { currency }: Money, refund: Refund): RefundMessage {
  const { id, amount, state, providerId = "", failure = "", at } = refund;
  const money = moneyMessage({ amount, currency });
  const time = timestampFromDate(new Date(at));
  return create(RefundSchema, {
    id,
    orderId,
    amount: money,
    state: refundStates[state],
    providerId,
    at: time,
    failure,
  });
}
