import type { KnownStatus, Order, OrderStatus } from "../api/types.ts";
import type { PaymentReturn } from "../routing/paymentReturn.ts";

const short: Record<KnownStatus, string> = {
  pending: "Placed",
  waiting_for_payment: "Waiting for payment",
  paid: "In the kitchen",
  cooking: "Being cooked",
  ready: "Ready",
  cancelled: "Cancelled",
  refunded: "Refunded",
};

/** For chips in the list of orders. */
export function shortStatus(status: OrderStatus): string {
  return plainly(short, status);
}

/** The words for a status; one that has none is its own name as people write: "on_its_way" is "On its way". */
export function plainly(words: Record<KnownStatus, string>, status: OrderStatus): string {
  if (Object.hasOwn(words, status)) return words[status as KnownStatus];
  return (status.charAt(0).toUpperCase() + status.slice(1)).replaceAll("_", " ");
}

export type Words = { title: string; text: string };

const underWay = "Should a payment have been under way, it comes back to you by itself.";

const cancelled: Record<NonNullable<Order["cancelReason"]>, Words> = {
  customer: { title: "You cancelled this order", text: `You pay nothing. ${underWay}` },
  expired: {
    title: "This order ran out of time",
    text: `It was not paid in time, so the dishes went back. ${underWay}`,
  },
  staff: {
    title: "Cancelled",
    text: "We had to cancel this order, and we are sorry. Whatever you paid goes back to you.",
  },
  payment_failed: {
    title: "The payment failed",
    text: "The order was cancelled and nothing was charged. You can order again and pay another way.",
  },
};

/** How long a bill may take before it is said that it takes long. */
const billMs = 60_000;

type Known = Pick<Order, "status" | "cancelReason"> & Partial<Pick<Order, "createdAt">>;

/** Where the order stands, for its page. `back` = the customer has just returned from the payment page. */
export function statusWords(order: Known, back?: PaymentReturn, now?: Date): Words {
  switch (order.status) {
    case "pending":
      if (now && order.createdAt && now.getTime() - Date.parse(order.createdAt) > billMs)
        return {
          title: "Your bill takes longer than it should",
          text: "We have your order and keep your dishes. You can pay as soon as this page says so; nothing is charged before.",
        };
      return { title: "Order placed", text: "We are getting your bill ready. This takes a moment." };
    case "waiting_for_payment":
      if (back === "done")
        return {
          title: "Confirming your payment",
          text: "Thank you! We are waiting for word from the payment provider.",
        };
      if (back === "cancelled")
        return {
          title: "Not paid yet",
          text: "You left the payment page and nothing was charged. Pay whenever you are ready.",
        };
      return { title: "Ready to pay", text: "The kitchen starts as soon as the order is paid." };
    case "paid":
      return {
        title: "The kitchen is on it",
        text: "Your order is paid. You can leave this page open, it moves by itself.",
      };
    case "cooking":
      return { title: "Being cooked", text: "Your dishes are on the stove. This page says when they are ready." };
    case "ready":
      return { title: "It’s ready!", text: "Come and get it while it’s hot. Enjoy your meal." };
    case "cancelled":
      return order.cancelReason ? cancelled[order.cancelReason] : { title: "Cancelled", text: "Nothing was charged." };
    case "refunded":
      return {
        title: "Refunded",
        text: order.cancelReason
          ? "The payment came when the order was over already. Your money is on its way back to you."
          : "We could not serve this order after all, and we are sorry. Your money is on its way back to you.",
      };
    default:
      return { title: shortStatus(order.status), text: "Your order has moved on. This page moves with it." };
  }
}

/** A handle that a person can read out, the end of the id. */
export function orderNumber(id: string): string {
  return `#${id
    .replace(/[^0-9a-z]/gi, "")
    .slice(-6)
    .toUpperCase()}`;
}
