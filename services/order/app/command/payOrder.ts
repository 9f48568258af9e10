import type { Handler } from "#common/decorator/observed";
import { AppError } from "#common/errors";
import type { Money } from "../../domain/lines.ts";
import type { Order } from "../../domain/order.ts";
import { isOff, isPaid } from "../../domain/status.ts";
import type { CloseSoon } from "../closings.ts";
import { type SellDeps, sell } from "../sell.ts";

/** The payment provider has the money for an order. */
export type PayOrder = { orderId: string; amount: Money; means?: string };

/**
 * Accepts the payment and turns the reservation into a sale. A repeat finishes what the first left undone. An order that
 * was cancelled meanwhile owes the money back: in the same write, so that whatever ends here, the outbox gives it back.
 */
export function payOrder(deps: SellDeps & { closeSoon: CloseSoon }): Handler<PayOrder, { repeated: boolean }> {
  const sellOrder = sell(deps, deps.closeSoon);
  const receive = (order: Order, means?: string): boolean => {
    return isOff(order.snapshot.status) ? order.oweRefund(deps.newId(), deps.now()) : order.pay(deps.now(), means);
  };
  return async ({ orderId, amount, means }) => {
    let repeated = true;
    const { snapshot } = await deps.orders.update(orderId, (order) => {
      demandTotal(order, amount);
      const changed = receive(order, means);
      repeated = !changed;
      return changed;
    });
    const { status, outbox } = snapshot;
    if (!isPaid(status)) deps.soon();
    else if (outbox.some(({ type }) => type === "sale")) await sellOrder(snapshot);
    return { repeated };
  };
}

function demandTotal({ snapshot: { total } }: Order, amount: Money): void {
  if (amount.amount === total.amount && amount.currency === total.currency) return;
  throw new AppError("conflict", "The payment is not of the order's amount and currency");
}
