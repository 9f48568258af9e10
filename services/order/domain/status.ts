/** Where an order is in its life. */
export type Status = "pending" | "waiting_for_payment" | "paid" | "cooking" | "ready" | "cancelled" | "refunded";

/** Who moved an order. */
export type Actor = "customer" | "payment" | "kitchen" | "operator" | "sweeper";

/** Why an order was cancelled. */
export type CancelReason = "customer" | "expired" | "payment_failed";

/** The one table of what may follow what. */
const transitions: Record<Status, readonly Status[]> = {
  pending: ["waiting_for_payment", "cancelled"],
  waiting_for_payment: ["paid", "cancelled"],
  paid: ["cooking", "refunded"],
  // Another kitchen claims it when the lease of the first has ended; one that stops gives it back.
  cooking: ["ready", "cooking", "paid", "refunded"],
  ready: [],
  // A payment may find its order cancelled.
  cancelled: ["refunded"],
  refunded: [],
};

/** Every status, in the order of a life. */
export const statuses = Object.keys(transitions) as readonly Status[];

/** Whether an order waits for being paid, and holds food meanwhile. */
export function isOpen(status: Status): boolean {
  return mayMove(status, "cancelled");
}

/** Whether the customer's money is taken for a meal that was, is or will be cooked. */
export function isPaid(status: Status): boolean {
  return status === "paid" || status === "cooking" || status === "ready";
}

/** Whether an order may go from one status to the other. */
export function mayMove(from: Status, to: Status): boolean {
  return transitions[from].includes(to);
}

/** Whether this is an end, as far as a customer waits for one: a cancelled order is only ever given its money back. */
export function isFinal(status: Status): boolean {
  return status === "cancelled" || transitions[status].length === 0;
}
