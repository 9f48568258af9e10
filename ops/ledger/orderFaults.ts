import { type Books, groupBy, type Order, type OutboxType, priceOf, type Reservation, type Status } from "./books.ts";

/** What may follow what. The ledger's own copy: it also has to notice a mistake in the service's table. */
const followers: Record<Status, readonly Status[]> = {
  pending: ["waiting_for_payment", "cancelled"],
  waiting_for_payment: ["paid", "cancelled"],
  // To ready at once: as the version before had it, whose orders may still be in the books.
  paid: ["cooking", "ready", "cancelled", "refunded"],
  cooking: ["ready", "cooking", "paid", "cancelled", "refunded"],
  ready: ["cooking", "refunded"],
  cancelled: ["refunded"],
  refunded: [],
};

/** What a reservation may be for an order in this status. A refunded order may have been paid, and its items sold. */
const fitting: Record<Status, readonly Reservation["status"][]> = {
  pending: ["reserved"],
  waiting_for_payment: ["reserved"],
  paid: ["committed"],
  cooking: ["committed"],
  ready: ["committed"],
  cancelled: ["released"],
  refunded: ["released", "committed"],
};

/** What an order in this status may have in its outbox. */
const telling: Record<Status, readonly OutboxType[]> = {
  pending: ["order.created"],
  waiting_for_payment: [],
  paid: ["sale", "refund", "partial_refund"],
  cooking: ["sale", "refund", "partial_refund"],
  ready: ["sale", "partial_refund"],
  cancelled: ["order.cancelled", "refund", "partial_refund"],
  refunded: ["order.cancelled", "sale", "partial_refund"],
};

/** How long past its deadline a reservation without an order may wait for stock's sweeper, in milliseconds. */
const overdueMs = 5 * 60_000;

/** How long an order may lack a way to pay for it, in milliseconds: guests are told so after one minute. */
const linkMs = 2 * 60_000;

/** How long after an order's end the ledger minds that its items are sold although nobody cooked them. */
const recentMs = 24 * 3_600_000;

/** How orders contradict themselves and their reservations, one line a fault. */
export function orderFaults({ orders, reservations, at }: Pick<Books, "orders" | "reservations" | "at">): string[] {
  const ids = new Set(orders.map(({ id }) => id));
  const held = new Map(reservations.map((reservation) => [reservation.orderId, reservation]));
  const copies = [...groupBy(orders, ({ id }) => id)].filter(([, { length }]) => length > 1);
  const orphans = reservations.filter(({ orderId }) => !ids.has(orderId));
  return [
    ...copies.map(([id, { length }]) => `order ${id}: is stored ${length} times`),
    ...orders.flatMap((order) => [
      ...historyFaults(order),
      ...outboxFaults(order),
      ...linkFaults(order, at),
      ...reservationFaults(order, held.get(order.id), at),
    ]),
    ...orphans.flatMap((reservation) => orphanFaults(reservation, at)),
  ];
}

function historyFaults({ id, status, history }: Order): string[] {
  const steps = history.map((change) => change.status);
  const faults: string[] = [];
  if (steps[0] !== "pending") faults.push(`order ${id}: its history begins with ${steps[0] ?? "nothing"}`);
  for (const [index, next] of steps.slice(1).entries()) {
    const from = steps[index];
    if (from && !followers[from].includes(next)) faults.push(`order ${id}: went from ${from} to ${next}`);
  }
  if (steps.at(-1) !== status)
    faults.push(`order ${id}: is ${status}, and its history ends with ${steps.at(-1) ?? "nothing"}`);
  return faults;
}

/** An order and its outbox are one document, so these hold at every moment. */
function outboxFaults({ id, status, outbox }: Order): string[] {
  const wrong = outbox.filter(({ type }) => !telling[status].includes(type));
  const lost = status === "pending" && !outbox.some(({ type }) => type === "order.created");
  return [
    ...wrong.map(({ type }) => `order ${id}: is ${status}, and ${type} is in its outbox`),
    ...(lost ? [`order ${id}: is pending, and its outbox does not tell of it`] : []),
  ];
}

function linkFaults({ id, status, placedAt }: Order, at: Date): string[] {
  if (status !== "pending" || placedAt.getTime() + linkMs >= at.getTime()) return [];
  return [`order ${id}: has no payment link since ${placedAt.toISOString()}, so nobody can pay for it`];
}

function reservationFaults(order: Order, reservation: Reservation | undefined, at: Date): string[] {
  if (!reservation) return [`order ${order.id}: stock knows no reservation of it`];
  const faults: string[] = [];
  const { id, status } = order;
  const mayBeSold = status === "cancelled" && wasPaid(order);
  // What no cook took goes back at once, and its money may take days.
  const mayBeBack = status === "paid" && reservation.status === "released" && owesAll(order);
  if (!fitting[status].includes(reservation.status) && !mayBeSold && !mayBeBack)
    faults.push(`order ${id}: is ${status}, and its reservation is ${reservation.status}`);
  else if (reservation.status === "committed" && isForNobody(order, at))
    faults.push(`order ${id}: is ${status} and nobody cooked it, and its items are sold`);
  if (contentOf(order) !== contentOf(reservation))
    faults.push(`order ${id}: is of ${contentOf(order)}, its reservation of ${contentOf(reservation)}`);
  return faults;
}

function owesAll({ outbox }: Order): boolean {
  return outbox.some(({ type }) => type === "refund");
}

function wasPaid({ history }: Order): boolean {
  return history.some((change) => change.status === "paid");
}

/**
 * Whether it was called off, or its money went back, before a cook had it: its items are to be sold to others. Of what
 * ended long ago nothing is said: the version before left those sold.
 */
function isForNobody({ status, history }: Order, at: Date): boolean {
  if (priceOf[status] !== "back") return false;
  const [end, last] = [history.at(-1), history.findLast((change) => priceOf[change.status] !== "back")];
  return last?.status === "paid" && end?.at !== undefined && at.getTime() - end.at.getTime() < recentMs;
}

/** A reservation whose order was never stored goes back, some time after its deadline. */
function orphanFaults({ orderId, status, expiresAt }: Reservation, at: Date): string[] {
  if (status === "committed") return [`order ${orderId}: does not exist, and its items are sold`];
  if (status === "reserved" && expiresAt.getTime() + overdueMs < at.getTime())
    return [
      `order ${orderId}: does not exist, and its items are still reserved, overdue since ${expiresAt.toISOString()}`,
    ];
  return [];
}

function contentOf({ lines }: Pick<Order, "lines">): string {
  return lines
    .map(({ productId, quantity }) => `${quantity} × ${productId}`)
    .sort()
    .join(", ");
}
