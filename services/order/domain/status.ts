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

type Fact = "open" | "paid" | "cooked" | "final" | "off";

/** What holds in each status; a new one does not compile until all of it is decided. */
const facts: Record<Status, Record<Fact, boolean>> = {
  pending: { open: true, paid: false, cooked: false, final: false, off: false },
  waiting_for_payment: { open: true, paid: false, cooked: false, final: false, off: false },
  paid: { open: false, paid: true, cooked: false, final: false, off: false },
  cooking: { open: false, paid: true, cooked: true, final: false, off: false },
  ready: { open: false, paid: true, cooked: true, final: true, off: false },
  cancelled: { open: false, paid: false, cooked: false, final: true, off: true },
  refunded: { open: false, paid: false, cooked: false, final: true, off: true },
};

/** Nothing holds in a status that only the next version knows, whose orders a replica of this one may read. */
function saying(fact: Fact): (status: Status) => boolean {
  const those = statuses.filter((status) => facts[status][fact]);
  return (status) => those.includes(status);
}

/** Whether an order waits for being paid, and holds food meanwhile. */
export const isOpen = saying("open");

/** Whether the customer's money is taken for a meal that was, is or will be cooked. */
export const isPaid = saying("paid");

/** Whether a paid meal is still to become ready. */
export const isAwaited = (status: Status): boolean => isPaid(status) && !isFinal(status);

/** Whether a cook has begun with it, or is done. */
export const isCooked = saying("cooked");

/** Whether this is an end, as far as a customer waits for one: what comes after is a mistake taken back, or money. */
export const isFinal = saying("final");

/** Whether no meal is owed for it any more: it was cancelled, or its money is back. */
export const isOff = saying("off");

/** Whether an order may go from one status to the other. */
export function mayMove(from: Status, to: Status): boolean {
  return transitions[from].includes(to);
}

/** The actor that a member of staff is. */
export function staffActor(subject: string): StaffActor {
  return `staff:${subject}`;
}

/** Whether this is somebody of the staff: the one who claimed a ticket, or who moved an order. */
export function isStaff(by: string): by is StaffActor {
  return by.startsWith("staff:");
}
