import type { Handler } from "#common/decorator/observed";
import type { Confirmation } from "../../domain/payment.ts";
import { isTaken } from "../../domain/refunds.ts";
import { type ApplySessionDeps, applySession, putAside } from "../applySession.ts";
import type { Recall } from "../recall.ts";
import type { Checkout, Orders } from "../services.ts";

/** A confirmation and the order that it names; it is `certain` that this application asked for it, or not. */
export type ConfirmPayment = Confirmation & { orderId: string; certain: boolean };

/**
 * `put_aside`: the provider took something else than was asked for; that is never a payment of the order. `other_app`:
 * another application that shares the provider's account took it.
 */
export type Confirmed = "paid" | "repeated" | "put_aside" | "other_app";

/** How long a payment waits for what it was made with, in milliseconds: less than the provider may take to answer. */
const patienceMs = 2_000;

export type ConfirmPaymentDeps = ApplySessionDeps & {
  recall: Recall;
  orders: Orders;
  checkout: Pick<Checkout, "meansOf">;
  /** Links what is going on now to the trace of the order. */
  linkToTrace: (traceparent: string) => void;
};

/**
 * Marks an order's payment as paid and announces it.
 * @throws AppError "unavailable" when the provider shall try again: the payment could not be looked up, stored or
 * announced.
 */
export function confirmPayment(deps: ConfirmPaymentDeps): Handler<ConfirmPayment, Confirmed> {
  const apply = applySession(deps);

  /** The takings want to know it; no meal waits long for it. */
  async function meansOf({ means, paymentId }: Confirmation): Promise<string | undefined> {
    if (means !== undefined) return means;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("no answer in time")), patienceMs);
    });
    try {
      return await Promise.race([deps.checkout.meansOf(paymentId), late]);
    } catch (error) {
      deps.logger.warn("it is not known what a payment was made with", { paymentId, why: String(error) });
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  return async ({ orderId, certain, ...confirmation }) => {
    const payment = await deps.recall(orderId, confirmation.sessionId);
    if (!payment && !certain && !(await deps.orders.find(orderId))) return "other_app";
    if (!payment || payment.status === "barred") {
      await putAside(deps, orderId, confirmation, "unknown_order");
      return "put_aside";
    }
    deps.linkToTrace(payment.traceparent);
    const means = isTaken(payment) ? undefined : await meansOf(confirmation);
    const back = { refunds: [], disputes: [] };
    const { outcome } = await apply(payment, { status: "paid", confirmation: { ...confirmation, means }, back });
    return outcome === "changed" ? "paid" : outcome;
  };
}
