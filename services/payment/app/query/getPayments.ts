import type { Handler } from "#common/decorator/observed";
import type { Payment } from "../../domain/payment.ts";
import type { Recall } from "../recall.ts";

/** How many payments are looked up at once: a forgotten one costs calls to the order service and the provider. */
const atOnce = 10;

/** The payments of these orders, in the same order; undefined where there is none. */
export function getPayments(recall: Recall): Handler<{ orderIds: readonly string[] }, (Payment | undefined)[]> {
  return async ({ orderIds }) => {
    const payments: (Payment | undefined)[] = [];
    for (let from = 0; from < orderIds.length; from += atOnce) {
      payments.push(...(await Promise.all(orderIds.slice(from, from + atOnce).map((orderId) => recall(orderId)))));
    }
    return payments;
  };
}
