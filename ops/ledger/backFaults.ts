import { type Order, priceOf, written } from "./books.ts";
import { namesOf, type Payment, sumOf } from "./payments.ts";

/** What an order says is back has arrived, and not only been asked for; and of what has arrived in part it knows. */
export function backFaults(order: Order, [payment, ...others]: readonly Payment[]): string[] {
  const { id, status, total } = order;
  if (!payment || others.length > 0) return [];
  const arrived = Math.min(sumOf(payment.refunds.filter(({ state }) => state === "succeeded")), total.amount);
  const said = saidToBeBack(order);
  const text = (amount: number) => written({ ...total, amount });
  // What is not even asked for is named elsewhere.
  const isNamed = status === "refunded" && payment.left > 0;
  if (said > arrived && !isNamed)
    return [`order ${id}: says that ${text(said)} are back, and ${text(arrived)} are (${namesOf(payment)})`];
  if (said < arrived && payment.left > 0 && priceOf[status] === "kept")
    return [`order ${id}: knows that ${text(said)} are back, and ${text(arrived)} are (${namesOf(payment)})`];
  return [];
}

/** One that is refunded says so of all, unless it names a part that failed. */
function saidToBeBack({ status, total, refunds = [] }: Order): number {
  if (status === "refunded" && !refunds.some((one) => one.status === "failed")) return total.amount;
  const back = refunds.filter((one) => one.status === "succeeded").map(({ amount }) => amount);
  // What went back by the dashboard while it was asked for here as well stands there twice.
  return Math.min(sumOf(back), total.amount);
}
