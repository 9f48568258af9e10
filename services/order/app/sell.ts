import { isKind } from "#common/errors";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { isPaid } from "../domain/status.ts";
import type { Now, Report, Stock } from "./ports.ts";

/** What {@link sell} works with. */
export type SellDependencies = {
  orders: OrderRepository;
  stock: Stock;
  now: Now;
  newId: () => string;
  /** Has the outbox look before its time. */
  soon: () => void;
  report: Report;
};

/**
 * Turns what a paid order holds into sold. An order that holds nothing, as stock gave its units to others, gets its
 * money back instead; one that was cooked all the same is reported once, and kept for an operator.
 */
export function sell({ orders, stock, now, newId, soon, report }: SellDependencies) {
  return async (orderId: string): Promise<"sold" | "not sold"> => {
    try {
      await stock.commit(orderId);
      await orders.update(orderId, (order) => order.settle("sale"));
      return "sold";
    } catch (error) {
      if (!isKind(error, "conflict") && !isKind(error, "out_of_stock") && !isKind(error, "not_found")) throw error;
    }
    let outcome: "repaired" | "reported" | undefined;
    await orders.update(orderId, (order) => {
      const { status } = order.snapshot;
      outcome = undefined;
      if (!isPaid(status)) return order.settle("sale");
      if (status !== "ready" && order.oweRefund(newId(), now())) outcome = "repaired";
      // It was cooked, or its refund failed before: nothing is left to be tried.
      else if (order.giveUp("sale", "Stock has nothing that could be sold", now())) outcome = "reported";
      return outcome !== undefined;
    });
    if (outcome) report({ kind: "not_sold", outcome, orderId });
    soon();
    return "not sold";
  };
}
