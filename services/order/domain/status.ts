/** Where an order is in its life. */
export type Status = "pending" | "waiting_for_payment" | "paid" | "cooking" | "ready" | "cancelled" | "refunded";

/** A member of staff, by the subject that the identity provider knows them by. */
export type StaffActor = `staff:${string}`;

/** Who moved an order. */
export type Actor = "customer" | "payment" | "kitchen" | "operator" | "sweeper" | StaffActor;

/** Why an order was cancelled. */
export const cancelReasons = ["customer", "expired", "payment_failed", "staff"] as const;
export type CancelReason = (typeof cancelReasons)[number];

/** Of these the ones that payment has: nobody paid, and nobody can any more. */
export const unpaidReasons = ["expired", "payment_failed"] as const satisfies readonly CancelReason[];
export type UnpaidReason = (typeof unpaidReasons)[number];

/** The one table of what may follow what. */
const transitions: Record<Status, readonly Status[]> = {
  pending: ["waiting_for_payment", "cancelled"],
  waiting_for_payment: ["paid", "cancelled"],
  // Once it is paid staff alone may cancel it, and its money goes back.
  paid: ["cooking", "cancelled", "refunded"],
  // Another kitchen claims it when the lease of the first has ended; one that stops gives it back.
  cooking: ["ready", "cooking", "paid", "cancelled", "refunded"],
  // A cook may take back a mistake; and who has eaten may get their money back all the same.
  ready: ["cooking", "refunded"],
  // A payment may find its order cancelled.
  cancelled: ["refunded"],
  refunded: [],
};

/** Every status, in the order of a life. */
export const statuses = Object.keys(transitions) as readonly Status[];

/** Whether an order waits for being paid, and holds food meanwhile. */
export function isOpen(status: Status): boolean {
  return status === "pending" || status === "waiting_for_payment";
}

/** Whether the customer's money is taken for a meal that was, is or will be cooked. */
export function isPaid(status: Status): boolean {
  return status === "paid" || status === "cooking" || status === "ready";
}

/** Whether an order may go from one status to the other. */
export function mayMove(from: Status, to: Status): boolean {
  return transitions[from].includes(to);
}

/** Whether this is an end, as far as a customer waits for one: what comes after is a mistake taken back, or money. */
export function isFinal(status: Status): boolean {
  return status === "ready" || status === "cancelled" || status === "refunded";
}

/** The actor that a member of staff is. */
export function staffActor(subject: string): StaffActor {
  return `staff:${subject}`;
}

/** Whether this is somebody of the staff: the one who claimed a ticket, or who moved an order. */
export function isStaff(by: string): by is StaffActor {
  return by.startsWith("staff:");
}
