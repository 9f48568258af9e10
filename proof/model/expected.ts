import type { Books } from "../../ops/ledger/books.ts";
import type { Wish } from "./customers.ts";

/** What the customer of a wish, or staff in their place, did, whatever the services made of it. */
export type Story = Wish & { cancelled?: true };

/**
 * The model: where orders must end, from nothing but what customers did and what the provider took. One order a key;
 * nobody's money is kept without a meal; who paid and never cancelled eats.
 * @returns what is otherwise, one line each.
 */
export function surprises(stories: readonly Story[], { orders, checkouts, refunds }: Books): string[] {
  const wished = new Map(stories.map((story) => [story.orderId, story]));
  const strangers = orders.filter(({ id }) => !wished.has(id)).map(({ id }) => `order ${id}: nobody was told of it`);
  const paidFor = new Set(checkouts.filter(({ paid }) => paid).map(({ orderId }) => orderId));
  const refunded = new Set(checkouts.filter((checkout) => isBack(checkout, refunds)).map(({ orderId }) => orderId));
  const wrong = stories.flatMap(({ orderId, cancelled }) => {
    if (orderId === undefined) return [];
    const order = orders.find(({ id }) => id === orderId);
    if (!order) return [`order ${orderId}: was accepted, and is not there`];
    const allowed = !paidFor.has(orderId)
      ? ["cancelled"]
      : refunded.has(orderId)
        ? cancelled
          ? ["refunded"]
          : []
        : ["ready"];
    return allowed.includes(order.status)
      ? []
      : [`order ${orderId}: is ${order.status}, not ${allowed.join(" or ") || "paid and eaten"}`];
  });
  return [...strangers, ...wrong];
}

/** All of it: whose meal was given back in part has eaten it. */
function isBack({ paymentId, total }: Books["checkouts"][number], refunds: Books["refunds"]): boolean {
  const back = refunds.filter((refund) => refund.paymentId === paymentId).reduce((sum, { amount }) => sum + amount, 0);
  return paymentId !== undefined && back >= total.amount;
}
