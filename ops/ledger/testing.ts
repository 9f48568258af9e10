import type { Books, Checkout, Order, Refund, Reservation } from "./books.ts";
import { faultsOf } from "./faults.ts";

const lives: Record<Order["status"], readonly Order["status"][]> = {
  pending: ["pending"],
  waiting_for_payment: ["pending", "waiting_for_payment"],
  paid: ["pending", "waiting_for_payment", "paid"],
  cooking: ["pending", "waiting_for_payment", "paid", "cooking"],
  ready: ["pending", "waiting_for_payment", "paid", "cooking", "ready"],
  cancelled: ["pending", "waiting_for_payment", "cancelled"],
  refunded: ["pending", "waiting_for_payment", "cancelled", "refunded"],
};

/** An order of 2 teas at 5.00 EUR in this status, as it should be. */
export function anOrder(id: string, status: Order["status"], fields: Partial<Order> = {}): Order {
  return {
    id,
    status,
    lines: [{ productId: "tea", quantity: 2 }],
    total: { amount: 500, currency: "eur" },
    placedAt: new Date("2026-01-01T12:00:00Z"),
    history: lives[status].map((step) => ({ status: step })),
    outbox: status === "pending" ? [{ type: "order.created" }] : [],
    ...fields,
  };
}

/** What stock holds for an order of 2 teas. */
export function aReservation(
  orderId: string,
  status: Reservation["status"],
  fields: Partial<Reservation> = {},
): Reservation {
  const expiresAt = new Date("2026-01-01T12:45:00Z");
  return { orderId, status, lines: [{ productId: "tea", quantity: 2 }], expiresAt, ...fields };
}

/** The checkout session `cs-<order>` of 5.00 EUR, paid by `pi-<order>`. */
export function aPayment(orderId: string, fields: Partial<Checkout> = {}): Checkout {
  const total = { amount: 500, currency: "eur" };
  return { id: `cs-${orderId}`, orderId, open: false, paid: true, total, paymentId: `pi-${orderId}`, ...fields };
}

/** The refund `re-<order>` of 5.00 EUR. */
export function aRefund(orderId: string, fields: Partial<Refund> = {}): Refund {
  return { id: `re-${orderId}`, paymentId: `pi-${orderId}`, amount: 500, state: "succeeded", ...fields };
}

/** Books that balance: of 20 teas 2 are held for an order that waits, and 4 are sold to one that is paid and one that is ready. */
export function goodBooks(): Books {
  return {
    at: new Date("2026-01-01T13:00:00Z"),
    products: [tea],
    reservations: [
      aReservation("waiting", "reserved"),
      aReservation("paid", "committed"),
      aReservation("ready", "committed"),
      aReservation("cancelled", "released"),
      aReservation("refunded", "released"),
    ],
    orders: [
      anOrder("waiting", "waiting_for_payment"),
      anOrder("paid", "paid"),
      anOrder("ready", "ready"),
      anOrder("cancelled", "cancelled"),
      anOrder("refunded", "refunded"),
    ],
    checkouts: [
      aPayment("waiting", { open: true, paid: false, paymentId: undefined }),
      aPayment("paid"),
      aPayment("ready"),
      aPayment("cancelled", { paid: false, paymentId: undefined }),
      aPayment("refunded"),
    ],
    refunds: [aRefund("refunded")],
  };
}

/** The tea of the good books. */
export const tea = { id: "tea", initial: 20, moved: 0, available: 14, reserved: 2, sold: 4 };

/** Things that replace those with the same id in good books, or are added. */
export type Part = { readonly [K in keyof Books]?: Books[K] };

/** The faults of good books in which some things were replaced by others with the same id, or added. */
export function faultsWith(planted: Part): string[] {
  const good = goodBooks();
  const merged = <T extends object>(old: readonly T[], added: readonly T[] = []) => {
    const keyOf = (thing: T) => ("id" in thing ? thing.id : "orderId" in thing ? thing.orderId : "");
    const replaced = new Set(added.map(keyOf));
    return [...old.filter((thing) => !replaced.has(keyOf(thing))), ...added];
  };
  return faultsOf({
    ...good,
    ...planted,
    products: merged(good.products, planted.products),
    reservations: merged(good.reservations, planted.reservations),
    orders: merged(good.orders, planted.orders),
    checkouts: merged(good.checkouts, planted.checkouts),
    refunds: merged(good.refunds, planted.refunds),
  });
}
