import type { Handler } from "#common/decorator/observed";
import { AppError } from "#common/errors";
import { standingOf } from "../../domain/refunds.ts";
import { type ApplySessionDeps, announcePaid } from "../applySession.ts";
import { look } from "../look.ts";
import type { Recall } from "../recall.ts";
import type { Checkout } from "../services.ts";

export type AnnouncePaymentDeps = ApplySessionDeps & { recall: Recall; checkout: Checkout };

/**
 * Announces a paid payment again, with its first event id.
 * @throws AppError "conflict" when nobody paid or the money was given back, "unavailable" when it was not sent.
 */
export function announcePayment(deps: AnnouncePaymentDeps): Handler<{ orderId: string }, void> {
  const lookAt = look(deps);

  return async ({ orderId }) => {
    const known = await deps.recall(orderId);
    const payment = known && (await lookAt(known));
    if (payment?.status !== "paid" || standingOf(payment) !== "paid")
      throw new AppError("conflict", "There is no paid payment of this order");
    await announcePaid(deps, { ...payment, announced: false });
  };
}
