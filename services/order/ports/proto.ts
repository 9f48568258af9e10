import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { moneyMessage } from "#common/connect/money";
import { AppError } from "#common/errors";
import {
  type Order as OrderMessage,
  OrderSchema,
  OrderStatus,
  type TicketSchema,
} from "#common/genproto/order/v1/order_pb";
import type { OrderSnapshot } from "../domain/order.ts";
import { type Status, statuses } from "../domain/status.ts";

/** The statuses as other services know them. */
export const statusMessages: Record<Status, OrderStatus> = {
  pending: OrderStatus.PENDING,
  waiting_for_payment: OrderStatus.WAITING_FOR_PAYMENT,
  paid: OrderStatus.PAID,
  cooking: OrderStatus.COOKING,
  ready: OrderStatus.READY,
  cancelled: OrderStatus.CANCELLED,
  refunded: OrderStatus.REFUNDED,
};

/** The status that a message says. @throws AppError "invalid" for none. */
export function statusOf(message: OrderStatus): Status {
  const status = statuses.find((one) => statusMessages[one] === message);
  if (status) return status;
  const text = "There is no such status";
  throw new AppError("invalid", text, { fields: [{ field: "statuses", message: text }] });
}

/** An order as other services see it. */
export function orderMessage({ lines, total, history, status, version, ...order }: OrderSnapshot): OrderMessage {
  const changes = history.map(({ at, status, by, traceId, reason = "" }) => ({
    at: timestampFromDate(at),
    status: statusMessages[status],
    by,
    traceId,
    reason,
  }));
  return create(OrderSchema, {
    id: order.id,
    customerId: order.customerId,
    paymentLink: order.paymentLink ?? "",
    status: statusMessages[status],
    guestName: order.guestName ?? "",
    items: lines.map(({ productId, name, quantity, unitPrice, note = "" }) => ({
      productId,
      name,
      quantity,
      unitPrice: moneyMessage(unitPrice),
      note,
    })),
    total: moneyMessage(total),
    history: changes,
    createdAt: changes.at(0)?.at,
    updatedAt: changes.at(-1)?.at,
    version: BigInt(version),
    expiresAt: timestampFromDate(order.expiresAt),
    checkoutSessionId: order.checkoutSessionId ?? "",
    traceparent: order.traceparent,
  });
}

/** A claimed order as its kitchen sees it. */
export function ticketMessage({
  id,
  guestName = "",
  lines,
  history,
  claim,
  traceparent,
}: OrderSnapshot): MessageInitShape<typeof TicketSchema> {
  const paidAt = history.find(({ status }) => status === "paid")?.at;
  return {
    orderId: id,
    guestName,
    lines: lines.map(({ productId, name, quantity, note = "" }) => ({ productId, name, quantity, note })),
    ...(paidAt && { paidAt: timestampFromDate(paidAt) }),
    ...(claim && { leaseEndsAt: timestampFromDate(claim.until) }),
    traceparent,
  };
}
