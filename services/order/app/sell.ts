import { isKind } from "#common/errors";
import type { OrderSnapshot } from "../domain/order.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { isForNobody } from "../domain/refunds.ts";
import { isPaid } from "../domain/status.ts";
import type { CloseSoon } from "./closings.ts";
import type { Now, Report, Stock } from "./services.ts";

/** What {@link sell} works with. */
export type SellDeps = {
  orders: OrderRepository;
  stock: Stock;
  now: Now;
  newId: () => string;
  /** Has the outbox look before its time. */
  soon: () => void;
  report: Report;
};

/**
 * Turns what a paid order holds into sold; one that nobody will cook gives it back instead. An order
 * that holds nothing, as stock gave its units to others, gets its money back; one that was cooked all the same is reported
 * once, and kept for an operator. @param closeSoon closes the sale once it was made, if that needs no write of its own.
 */
export function sell({ orders, stock, now, newId, soon, report }: SellDeps, closeSoon?: CloseSoon) {
  /** Closes the sale. @returns whether anybody will cook the order, as far as is known by then. */
  async function closeSale(sale: OrderSnapshot): Promise<boolean> {
    let isWanted = !isForNobody(sale);
    if (closeSoon) await closeSoon(sale.id, entryOf(sale));
    else
      await orders.update(sale.id, (order) => {
        isWanted = !isForNobody(order.snapshot);
        return order.closeSale(entryOf(sale), now());
      });
    return isWanted;
  }

  /** @returns false when the order holds nothing that could be sold, or given back. */
  async function moveUnits(order: OrderSnapshot): Promise<boolean> {
    try {
      await (isForNobody(order) ? stock.release(order.id, "evenSold") : stock.commit(order.id));
      return true;
    } catch (error) {
      if (!isKind(error, "conflict") && !isKind(error, "out_of_stock") && !isKind(error, "not_found")) throw error;
      return false;
    }
  }

  return async (sale: OrderSnapshot): Promise<"sold" | "not sold"> => {
    const { id: orderId } = sale;
    const isMoved = await moveUnits(sale);
    if (isMoved || isForNobody(sale)) return (await closeSale(sale)) ? "sold" : "not sold";
    let outcome: "repaired" | "reported" | undefined;
    await orders.update(orderId, (order) => {
      const { status } = order.snapshot;
      outcome = undefined;
      if (!isPaid(status)) return order.closeEntry(entryOf(sale));
      if (status !== "ready" && order.oweRefund(newId(), now())) outcome = "repaired";
      // It was cooked, or its refund failed before: nothing is left to be tried.
      else if (order.giveUp(entryOf(sale), "Stock has nothing that could be sold", now())) outcome = "reported";
      return outcome !== undefined;
    });
    if (outcome) report({ kind: "not_sold", outcome, orderId });
    soon();
    return "not sold";
  };
}

/** Which of its entries asks for it. */
function entryOf({ outbox }: OrderSnapshot): string {
  return outbox.find(({ type }) => type === "sale")?.id ?? "sale";
}
