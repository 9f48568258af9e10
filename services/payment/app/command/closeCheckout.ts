import type { Handler } from "#common/decorator/observed";
import { AppError } from "#common/errors";
import { barPayment, isUnderWay, type Payment } from "../../domain/payment.ts";
import { close } from "../../domain/transitions.ts";
import { type ApplySessionDeps, announcePaid, applySession } from "../applySession.ts";
import type { Recall } from "../recall.ts";
import type { Checkout } from "../services.ts";

/** What is closed, and why; the session is one that the order knows of, if any. */
export type CloseCheckout = { orderId: string; sessionId?: string; reason: string };

export type CloseCheckoutDeps = ApplySessionDeps & { recall: Recall; checkout: Checkout };

/**
 * Closes the way to pay for an order, and answers with its payment: closed, or what came before that. A session that
 * turns out to be paid is confirmed as its webhook would have it; an order without a session never gets one.
 * @throws AppError "unavailable" when it is to be asked again, "conflict" when money was taken that does not match.
 */
export function closeCheckout(deps: CloseCheckoutDeps): Handler<CloseCheckout, Payment> {
  const { payments, checkout, recall } = deps;
  const apply = applySession(deps);

  return async ({ orderId, sessionId, reason }) => {
    const payment = (await recall(orderId, sessionId)) ?? (await payments.add(barPayment(orderId, reason)));
    if (payment.status === "paid") return announcePaid(deps, payment);
    if (!isUnderWay(payment)) return payment;
    const state = await checkout.expire(payment.session.id);
    if (state.status === "closed" && state.reason === "expired")
      return payments.update(payment, (now) => (now.status === "barred" ? now : close(now, reason)));
    const { outcome, payment: now } = await apply(payment, state);
    if (outcome === "put_aside") throw new AppError("conflict", "Money was taken that does not match the order");
    return now;
  };
}
