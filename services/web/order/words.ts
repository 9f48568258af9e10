import type { Order, OrderStatus } from "../api/types.ts";
import { words } from "../language/language.ts";
import type { PaymentReturn } from "../routing/paymentReturn.ts";

export type Words = { title: string; text: string };

/** For chips in the list of orders. */
export function shortStatus(status: OrderStatus): string {
  return plainly(words.short, status);
}

/** The words for a status; one that has none is its own name as people write. */
export function plainly(known: Readonly<Record<string, string>>, status: OrderStatus): string {
  return (Object.hasOwn(known, status) ? known[status] : undefined) ?? words.unknownStatus(status);
}

/** How long a bill may take before it is said that it takes long. */
const billMs = 60_000;

type Known = Pick<Order, "status" | "cancelReason"> & Partial<Pick<Order, "createdAt" | "expiresAt">>;

/** Where the order stands, for its page. `back` = the customer has just returned from the payment page. */
export function statusWords(order: Known, back?: PaymentReturn, now?: Date): Words {
  const known = words.status;
  switch (order.status) {
    case "pending": {
      const isLate = now && order.createdAt && now.getTime() - Date.parse(order.createdAt) > billMs;
      return isLate ? known.billLate : known.pending;
    }
    case "waiting_for_payment":
      if (back === "done") return known.backDone;
      if (now && order.expiresAt && Date.parse(order.expiresAt) <= now.getTime()) return known.timeUp;
      return back === "cancelled" ? known.backCancelled : known.waiting;
    case "paid":
      return known.paid;
    case "cooking":
      return known.cooking;
    case "ready":
      return known.ready;
    case "cancelled":
      return cancelledWords(order.cancelReason);
    case "refunded":
      return order.cancelReason ? known.refundedLate : known.refunded;
    default:
      return { title: shortStatus(order.status), text: known.unknown };
  }
}

function cancelledWords(reason: Order["cancelReason"]): Words {
  const { cancelled, cancelledByCustomer, cancelledExpired, cancelledByStaff, cancelledPaymentFailed } = words.status;
  const byReason = {
    customer: cancelledByCustomer,
    expired: cancelledExpired,
    staff: cancelledByStaff,
    payment_failed: cancelledPaymentFailed,
  };
  return reason ? byReason[reason] : cancelled;
}

/** A handle that a person can read out, the end of the id. */
export function orderNumber(id: string): string {
  return `#${id
    .replace(/[^0-9a-z]/gi, "")
    .slice(-6)
    .toUpperCase()}`;
}
