import type { OrderSnapshot, Stamp } from "./snapshot.ts";

/** Until when an order keeps food from others whose guest does not go to pay, and until when it can be paid if they do. */
export type Hold = { until: Date; payableUntil: Date };

/**
 * The order whose guest goes to the payment page: from now on it can be paid for as long as any. Undefined when that
 * changes nothing; what is over stays over.
 */
export function payable(order: OrderSnapshot, { at }: Stamp): OrderSnapshot | undefined {
  const { status, hold, expiresAt, version } = order;
  if (status !== "waiting_for_payment" || !hold || at >= expiresAt || expiresAt >= hold.payableUntil) return undefined;
  return { ...order, expiresAt: hold.payableUntil, version: version + 1 };
}
