import type { Handler } from "#common/decorator/observed";
import { AppError } from "#common/errors";
import type { Money } from "../../domain/lines.ts";
import type { Order } from "../../domain/order.ts";
import { isPaid } from "../../domain/status.ts";
import { type SellDependencies, sell } from "../sell.ts";
import type { SettleSoon } from "../settlements.ts";

/** The payment provider has the money for an order. */
export type PayOrder = { orderId: string; amount: Money; means?: string };

/**
 * Accepts the payment and turns the reservation into a sale. A repeat finishes what the first left undone. An order that
 * was cancelled meanwhile owes the money back: in the same write, so that whatever ends here, the outbox gives it back.
 */
export function payOrder(to: SellDependencies & { settleSoon: SettleSoon }): Handler<PayOrder, { repeated: boolean }> {
  const sold = sell(to, to.settleSoon);
  const receive = (order: Order, means?: string): boolean => {
    const { status } = order.snapshot;
    const over = status === "cancelled" || status === "refunded";
    return over ? order.oweRefund(to.newId(), to.now()) : order.pay(to.now(), means);
  };
  return async ({ orderId, amount, means }) => {
    let repeated = true;
    const { snapshot } = await to.orders.update(orderId, (order) => {
      demandTotal(order, amount);
      const changed = receive(order, means);
      repeated = !changed;
      return changed;
    });
    const { status, outbox } = snapshot;
    if (!isPaid(status)) to.soon();
    else if (outbox.some(({ type }) => type === "sale")) await sold(snapshot);
    return { repeated };
  };
}

function demandTotal({ snapshot: { total } }: Order, amount: Money): void {
  if (amount.amount === total.amount && amount.currency === total.currency) return;
  throw new AppError("conflict", "The payment is not of the order's amount and currency");
}
