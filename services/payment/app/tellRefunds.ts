import { isKind } from "#common/errors";
import type { Logger } from "#common/logging";
import type { TakenPayment } from "../domain/payment.ts";
import { markTold, untoldOf } from "../domain/refunds.ts";
import { takenOf } from "./learnBack.ts";
import type { Orders, Payments } from "./services.ts";

export type TellRefundsDeps = { payments: Payments; orders: Orders; logger: Logger };

/**
 * Tells an order of the money that goes back and that it does not know of; what it was told is stored afterwards, so
 * a process that dies in between has it told twice.
 * @throws AppError "unavailable" when it is to be told later.
 */
export function tellRefunds({ payments, orders, logger }: TellRefundsDeps) {
  return async (payment: TakenPayment): Promise<TakenPayment> => {
    const untold = untoldOf(payment);
    if (untold.length === 0) return payment;
    const { orderId, total } = payment;
    const isHeard = await orders.recordRefunds(orderId, total.currency, untold).catch((error: unknown) => {
      // A conflict is that of many who write at once: the news stay news.
      if (!isKind(error, "not_found")) throw error;
      logger.warn("order does not take news of refunds", { orderId, reason: error.message });
      return true;
    });
    if (!isHeard) return payment;
    return payments.update(payment, (stored) => markTold(takenOf(stored, payment), untold));
  };
}
