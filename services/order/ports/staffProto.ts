import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { moneyMessage } from "#common/connect/money";
import type { ActRecordSchema } from "#common/genproto/common/v1/act_pb";
import { RefundStatus as RefundMessage } from "#common/genproto/order/v1/order_pb";
import type {
  BoardTicketSchema,
  GetOrderFileResponseSchema,
  GetTakingsResponseSchema,
  ListTroubleResponseSchema,
  OrderRefundSchema,
} from "#common/genproto/order/v1/staff_pb";
import type { Trouble } from "../app/staff/lists.ts";
import type { Takings } from "../app/staff/takings.ts";
import type { ActRecord } from "../domain/act.ts";
import { numberOf } from "../domain/number.ts";
import type { OrderSnapshot } from "../domain/order.ts";
import { leftOf, type OrderRefund, type RefundStatus, refundsOf } from "../domain/refunds.ts";
import { isPaid } from "../domain/status.ts";
import { orderMessage, statusMessages } from "./proto.ts";

const refundMessages: Record<RefundStatus, RefundMessage> = {
  refunding: RefundMessage.REFUNDING,
  succeeded: RefundMessage.SUCCEEDED,
  failed: RefundMessage.FAILED,
};

/** What the provider's word for a refund is to orders; undefined for one that we do not know. */
export function refundStatusOf(message: RefundMessage): RefundStatus | undefined {
  return (Object.keys(refundMessages) as RefundStatus[]).find((status) => refundMessages[status] === message);
}

/** A ticket as the board shows it. */
export function boardTicket(order: OrderSnapshot): MessageInitShape<typeof BoardTicketSchema> {
  const { id, status, lines, claim, history, ticked = [], version } = order;
  const at = (one: OrderSnapshot["status"]) => history.findLast((change) => change.status === one)?.at;
  const paidAt = history.find((change) => change.status === "paid")?.at;
  const finishedAt = status === "ready" ? at("ready") : undefined;
  return {
    orderId: id,
    number: numberOf(id),
    guestName: order.guestName ?? "",
    status: statusMessages[status],
    lines: lines.map(({ productId, name, quantity, note = "" }) => ({
      productId,
      name,
      quantity,
      note,
      done: status === "ready" || ticked.includes(productId),
    })),
    ...(paidAt && { paidAt: timestampFromDate(paidAt) }),
    ...(claim && { claimedBy: claim.by, leaseEndsAt: timestampFromDate(claim.until) }),
    ...(finishedAt && { finishedAt: timestampFromDate(finishedAt) }),
    version: BigInt(version),
  };
}

/** An order with what only staff see. */
export function orderFile(order: OrderSnapshot): MessageInitShape<typeof GetOrderFileResponseSchema> {
  const { outbox, stuck = [] } = order;
  return {
    order: orderMessage(order),
    number: numberOf(order.id),
    openEntries: [
      ...outbox.map(({ id, type, at, dueAt }) => ({
        id,
        type,
        since: timestampFromDate(at),
        ...(dueAt && { dueAt: timestampFromDate(dueAt) }),
      })),
      // What came to nothing is still open, and due only when somebody has it tried again.
      ...stuck.map(({ id, type, at }) => ({ id, type, since: timestampFromDate(at) })),
    ],
    refunds: refundsOf(order).map(refundMessage),
    refundable: moneyMessage(leftOf(order)),
    ...(isPaid(order.status) && { ticket: boardTicket(order) }),
  };
}

/** A refund as staff see it. */
export function refundMessage({
  id,
  amount,
  status,
  by,
  reason,
  at,
}: OrderRefund): MessageInitShape<typeof OrderRefundSchema> {
  return {
    id,
    amount: moneyMessage(amount),
    status: refundMessages[status],
    by,
    reason,
    at: timestampFromDate(at),
  };
}

/** The record of an act, for those who read it. */
export function actMessage({ at, content: _, ...act }: ActRecord): MessageInitShape<typeof ActRecordSchema> {
  return { ...act, at: timestampFromDate(at) };
}

/** Takings by hour, dish and means. */
export function takingsMessage({ hours, dishes, means }: Takings): MessageInitShape<typeof GetTakingsResponseSchema> {
  return {
    hours: hours.map(({ hour, orders, taken, refunded }) => ({
      hour: timestampFromDate(hour),
      orders,
      taken: moneyMessage(taken),
      refunded: moneyMessage(refunded),
    })),
    dishes: dishes.map(({ taken, ...dish }) => ({ ...dish, taken: moneyMessage(taken) })),
    means: means.map(({ taken, refunded, ...one }) => {
      return { ...one, taken: moneyMessage(taken), refunded: moneyMessage(refunded) };
    }),
  };
}

/** What is wrong, or was. */
export function troubleMessage({ stuck, faulty }: Trouble): MessageInitShape<typeof ListTroubleResponseSchema> {
  const findings = faulty.flatMap(({ id, found = [] }) => found.map((fault) => ({ id, ...fault })));
  return {
    stuck: stuck.map(({ id, status, stuck: entries = [] }) => ({
      orderId: id,
      number: numberOf(id),
      status: statusMessages[status],
      entries: entries.map(({ id, type, since, why }) => ({ id, type, why, since: timestampFromDate(since) })),
    })),
    findings: findings
      .toSorted((a, b) => b.at.getTime() - a.at.getTime())
      .slice(0, 100)
      .map(({ id, kind, outcome, at }) => {
        const repaired = outcome === "repaired";
        return { orderId: id, number: numberOf(id), kind, repaired, at: timestampFromDate(at) };
      }),
  };
}
