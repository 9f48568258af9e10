import type { z } from "zod";
import type { OrderSnapshot } from "../../domain/order.ts";
import { isStaff } from "../../domain/status.ts";
import type { order } from "./schemas.ts";

/** An order as its customer sees it: no outbox, no Stripe ids, no trace context. */
export function orderBody(snapshot: OrderSnapshot, estimatedReadyAt?: Date): z.infer<typeof order> {
  const { id, customerId, guestName, status, lines, total, paymentLink, expiresAt, history, version } = snapshot;
  const cancelReason = history.find((change) => change.reason)?.reason;
  const times = history.map(({ at }) => at.toISOString());
  return {
    id,
    customerId,
    ...(guestName && { guestName }),
    status,
    items: lines.map(({ productId, name, translatedName, quantity, unitPrice, note }) => {
      const said = { ...(translatedName && { translatedName }), ...(note && { note }) };
      return { productId, name, quantity, unitPrice, ...said };
    }),
    total,
    ...(paymentLink && { paymentLink }),
    ...(cancelReason && { cancelReason }),
    expiresAt: expiresAt.toISOString(),
    ...(estimatedReadyAt && { estimatedReadyAt: estimatedReadyAt.toISOString() }),
    createdAt: times.at(0) ?? "",
    updatedAt: times.at(-1) ?? "",
    version,
    history: history.map(({ status, at, by, reason }) => ({
      status,
      at: at.toISOString(),
      // Who of the staff it was is for the staff alone.
      by: isStaff(by) ? "staff" : by,
      ...(reason && { reason }),
    })),
  };
}

/** The ETag of an order's representation. */
export function etagOf({ version }: OrderSnapshot, estimatedReadyAt?: Date): string {
  return estimatedReadyAt ? `"${version}-${estimatedReadyAt.getTime()}"` : `"${version}"`;
}
