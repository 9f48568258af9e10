import { minorDigits } from "#common/money";

/** An amount in the currency's minor unit (cents); currency as lower-case ISO 4217. */
export type Money = { readonly amount: number; readonly currency: string };

type Line = { readonly productId: string; readonly quantity: number };

/** A product and where its units are; `initial` is what it began with, `moved` what staff added since, or took away. */
export type Product = {
  readonly id: string;
  readonly initial: number;
  readonly moved: number;
  readonly available: number;
  readonly reserved: number;
  readonly sold: number;
};

/** What stock holds, or held, for an order. */
export type Reservation = {
  readonly orderId: string;
  readonly status: "reserved" | "committed" | "released";
  readonly lines: readonly Line[];
  /** Until when it holds unless it is committed. */
  readonly expiresAt: Date;
};

/** An order's status, as far as the ledger knows any. */
export type Status = "pending" | "waiting_for_payment" | "paid" | "cooking" | "ready" | "cancelled" | "refunded";

/** Where an order's price belongs in this status: nobody has paid it, the shop keeps it, or none of it stays. */
export const priceOf: Record<Status, "open" | "kept" | "back"> = {
  pending: "open",
  waiting_for_payment: "open",
  paid: "kept",
  cooking: "kept",
  ready: "kept",
  cancelled: "back",
  refunded: "back",
};

/** What an order may still have to see done. */
export type OutboxType = "order.created" | "order.cancelled" | "sale" | "refund" | "partial_refund";

/** An order as its own service stores it. */
export type Order = {
  readonly id: string;
  readonly status: Status;
  readonly lines: readonly Line[];
  readonly total: Money;
  readonly placedAt: Date;
  readonly history: readonly { readonly status: Status; readonly at?: Date }[];
  readonly outbox: readonly { readonly type: OutboxType }[];
  /** What it says of its money that goes back; missing where nothing does, and where the version before gave all back. */
  readonly refunds?: readonly { readonly amount: Money; readonly status: "refunding" | "succeeded" | "failed" }[];
};

/** A checkout session at the payment provider. */
export type Checkout = {
  readonly id: string;
  readonly orderId: string;
  /** It can still be paid. */
  readonly open: boolean;
  readonly paid: boolean;
  readonly total: Money;
  /** The provider's id of the payment, once there is one. */
  readonly paymentId?: string | undefined;
  /** Its marks are not ours alone: unless the order is there, another application of the same account opened it. */
  readonly perhapsOthers?: true;
};

/** Money that the provider gave back, or is about to; by a dispute too, which it has lost or that is still open. */
export type Refund = {
  readonly id: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly state: "refunding" | "succeeded";
};

/** Everything that the services and the payment provider have written down, as plain data. */
export type Books = {
  /** When they were read. */
  readonly at: Date;
  readonly products: readonly Product[];
  readonly reservations: readonly Reservation[];
  readonly orders: readonly Order[];
  readonly checkouts: readonly Checkout[];
  readonly refunds: readonly Refund[];
  /**
   * What the provider remembers began then. The stand-in knows nothing from before its start: older orders of which it
   * knows no session are not held against it.
   */
  readonly moneySince?: Date | undefined;
};

/** The things with the same key, by that key. */
export function groupBy<T>(things: readonly T[], keyOf: (thing: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(keyOf(thing));
    if (group) group.push(thing);
    else groups.set(keyOf(thing), [thing]);
  }
  return groups;
}

/** An amount as people write it: `12.50 EUR`, `1250 JPY`. */
export function written({ amount, currency }: Money): string {
  const digits = minorDigits(currency);
  return `${(amount / 10 ** digits).toFixed(digits)} ${currency.toUpperCase()}`;
}
