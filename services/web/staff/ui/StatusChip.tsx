import type { OrderStatus } from "#common/genproto/order/v1/order_pb";
import { type StatusName, statusName } from "../orders/filter.ts";

/** A status as staff says it. */
export const statusWords: Record<StatusName | "unknown", string> = {
  pending: "Placed",
  waiting_for_payment: "Not paid yet",
  paid: "Waiting for a cook",
  cooking: "Being cooked",
  ready: "Ready",
  cancelled: "Cancelled",
  refunded: "Refunded",
  unknown: "Unknown",
};

export function StatusChip({ status }: { status: OrderStatus }) {
  const name = statusName(status);
  return <span class={`chip chip-${name}`}>{statusWords[name]}</span>;
}
