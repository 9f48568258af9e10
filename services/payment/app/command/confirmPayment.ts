import type { Handler } from "#common/decorator/observed";
import type { Confirmation } from "../../domain/payment.ts";
import type { Recall } from "../recall.ts";
import { putAside, type SettleDeps, settle } from "../settle.ts";

/** A confirmation and the order that it names. */
export type ConfirmPayment = Confirmation & { orderId: string };

/** `put_aside`: the provider took something else than was asked for; that is never a payment of the order. */
export type Confirmed = "paid" | "repeated" | "put_aside";

/** What {@link confirmPayment} works with. */
export type ConfirmPaymentDeps = SettleDeps & {
  recall: Recall;
  /** Links what is going on now to the trace of the order. */
  linkToTrace: (traceparent: string) => void;
};

/**
 * Marks an order's payment as paid and announces it.
 * @throws AppError "unavailable" when the provider shall try again: the payment could not be looked up, stored or
 * announced.
 */
export function confirmPayment(deps: ConfirmPaymentDeps): Handler<ConfirmPayment, Confirmed> {
  const settled = settle(deps);
  return async ({ orderId, ...confirmation }) => {
    const payment = await deps.recall(orderId, confirmation.sessionId);
    if (!payment || payment.status === "barred") {
      await putAside(deps, orderId, confirmation, "unknown_order");
      return "put_aside";
    }
    deps.linkToTrace(payment.traceparent);
    const { outcome } = await settled(payment, { status: "paid", confirmation });
    return outcome === "changed" ? "paid" : outcome;
  };
}
