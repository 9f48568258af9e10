import type { Handler } from "#common/decorator/observed";
import { AppError } from "#common/errors";
import { standingOf } from "../../domain/refunds.ts";
import { look } from "../look.ts";
import type { Recall } from "../recall.ts";
import type { Checkout } from "../services.ts";
import { type SettleDeps, told } from "../settle.ts";

/** What {@link announcePayment} works with. */
export type AnnouncePaymentDeps = SettleDeps & { recall: Recall; checkout: Checkout };

/**
 * Announces a paid payment again, with its first event id.
 * @throws AppError "conflict" when nobody paid or the money was given back, "unavailable" when it was not sent.
 */
export function announcePayment(deps: AnnouncePaymentDeps): Handler<{ orderId: string }, void> {
  const looked = look(deps);

  return async ({ orderId }) => {
    const known = await deps.recall(orderId);
    const payment = known && (await looked(known));
    if (payment?.status !== "paid" || standingOf(payment) !== "paid")
      throw new AppError("conflict", "There is no paid payment of this order");
    await told(deps, { ...payment, announced: false });
  };
}
