import { isKind } from "#common/errors";
import type { Logger } from "#common/logging";
import type { Orders } from "../services.ts";

/**
 * Tells an order that nobody paid and nobody can any more. One that has gone another way, or is not there, needs no
 * such news.
 */
export async function tellUnpaid(
  { orders, logger }: { orders: Orders; logger: Logger },
  orderId: string,
  reason: "expired" | "payment_failed",
): Promise<void> {
  try {
    await orders.closeCheckout(orderId, reason);
  } catch (error) {
    if (!isKind(error, "conflict") && !isKind(error, "not_found")) throw error;
    logger.warn("order does not end with its checkout", { orderId, reason: error.message });
  }
}
