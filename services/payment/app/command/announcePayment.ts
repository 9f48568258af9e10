import type { Locks } from "#common/dapr/ports";
import type { Handler } from "#common/decorator/observed";
import { AppError } from "#common/errors";
import type { PaidOrders, Payments } from "../ports.ts";
import type { Recall } from "../recall.ts";
import { told } from "../settle.ts";
import { alone } from "./paymentLock.ts";

/** What {@link announcePayment} works with. */
export type AnnouncePaymentDeps = { payments: Payments; paidOrders: PaidOrders; recall: Recall; locks: Locks };

/**
 * Announces a paid payment again, with its first event id.
 * @throws AppError "conflict" when nobody paid or the money was given back, "unavailable" when it was not sent.
 */
export function announcePayment(deps: AnnouncePaymentDeps): Handler<{ orderId: string }, void> {
  return ({ orderId }) =>
    alone(deps.locks, orderId, async () => {
      const payment = await deps.recall(orderId);
      if (payment?.status !== "paid") throw new AppError("conflict", "There is no paid payment of this order");
      await told(deps, { ...payment, announced: false });
    });
}
