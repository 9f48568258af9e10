import type { Money } from "#common/money";
import type { Dispute, GivenBack, Refund } from "./moneyBack.ts";

export type { Money };

/** The provider's page on which exactly this payment can be made. */
export type CheckoutSession = { id: string; url: string };

/** What the provider says it has taken. */
export type Confirmation = {
  /** The provider's id of the message, the same however often it is sent. */
  eventId: string;
  sessionId: string;
  /** The provider's id of the payment. */
  paymentId: string;
  taken: Money;
  at: Date;
  /** What it was paid with, in the provider's word; undefined when that is not known. */
  means?: string | undefined;
};

/** What the provider says of a session. */
export type SessionState =
  | { status: "open" }
  | { status: "processing" }
  | { status: "closed"; reason: "expired" | "payment_failed" }
  | { status: "paid"; confirmation: Confirmation; back: GivenBack };

/** Why a confirmation is of something else than the payment that it names. */
export type Mismatch = "other_session" | "other_amount" | "other_currency";

type Asked = {
  readonly orderId: string;
  readonly customerId: string;
  readonly total: Money;
  readonly session: CheckoutSession;
  /** The trace context of the order, so that what follows the payment continues the order's trace. */
  readonly traceparent: string;
  /** ISO 8601; missing where a version before opened it. */
  readonly openedAt?: string;
};

type Taken = {
  readonly paymentId: string;
  readonly paidAt: string;
  /** What it was paid with, in the provider's word; missing where nobody could say. */
  readonly means?: string;
  /** What was given back, is about to be, or could not be; missing where a version before stored the payment. */
  readonly refunds?: readonly Refund[];
  readonly disputes?: readonly Dispute[];
};

/** A payment that can still be made. */
export type OpenPayment = Asked & { readonly status: "open" };

/** A payment with a slow means: the provider will say whether the money came. */
export type ProcessingPayment = Asked & { readonly status: "processing" };

/** A payment that nobody made and nobody can make any more. */
export type ClosedPayment = Asked & { readonly status: "closed"; readonly reason: string };

/**
 * A payment that was made, and of which some is left or has still to arrive where it goes back to; `announced` once the
 * other services were told.
 */
export type PaidPayment = Asked & Taken & { readonly status: "paid"; readonly announced: boolean };

/** A payment that was made and all of which is back. */
export type RefundedPayment = Asked & Taken & { readonly status: "refunded" };

/** A payment that was made, whatever became of the money. */
export type TakenPayment = PaidPayment | RefundedPayment;

/** A payment that was closed before there was a session: none is to be opened for it. */
export type BarredPayment = { readonly orderId: string; readonly status: "barred"; readonly reason: string };

/** A payment that the provider was asked for. */
export type AskedPayment = OpenPayment | ProcessingPayment | ClosedPayment | PaidPayment | RefundedPayment;

/** The one payment of an order. */
export type Payment = AskedPayment | BarredPayment;

/** Where the money of a payment in each status is: still to be decided, taken (be it back by now), or never to come. */
export const moneyOf: Record<Payment["status"], "awaited" | "taken" | "none"> = {
  open: "awaited",
  processing: "awaited",
  closed: "none",
  paid: "taken",
  refunded: "taken",
  barred: "none",
};

/** Whether somebody can still pay, or has and the provider will say whether the money came. */
export function isUnderWay<P extends Payment>(payment: P): payment is Extract<P, OpenPayment | ProcessingPayment> {
  return moneyOf[payment.status] === "awaited";
}

/** Opens the payment of an order. */
export function openPayment(order: Asked): OpenPayment {
  const { amount, currency } = order.total;
  if (!Number.isSafeInteger(amount) || amount <= 0) throw new RangeError("a payment needs a positive whole amount");
  return { ...order, total: { amount, currency: currency.toLowerCase() }, status: "open" };
}

/** Sees to it that no payment of the order is ever opened. */
export function barPayment(orderId: string, reason: string): BarredPayment {
  return { orderId, status: "barred", reason };
}

/** How a confirmation differs from this payment; undefined when it is of its session, amount and currency. */
export function mismatch({ session, total }: AskedPayment, { sessionId, taken }: Confirmation): Mismatch | undefined {
  if (sessionId !== session.id) return "other_session";
  if (taken.currency.toLowerCase() !== total.currency) return "other_currency";
  return taken.amount === total.amount ? undefined : "other_amount";
}
