import type { GivenBack, Refund, RefundNews } from "../domain/moneyBack.ts";
import type {
  AskedPayment,
  BarredPayment,
  CheckoutSession,
  Money,
  OpenPayment,
  PaidPayment,
  Payment,
  SessionState,
} from "../domain/payment.ts";
import type { ActRecord, PutAside } from "../domain/putAside.ts";
import type { RecordedRefund } from "../domain/refunds.ts";

/** The order as far as its payment needs it. */
export type OrderToPay = {
  orderId: string;
  customerId: string;
  items: readonly OrderedItem[];
  total: Money;
  traceparent: string;
  placedAt: Date;
  /** Until when it can be paid; undefined when its event is older than this. */
  expiresAt?: Date | undefined;
  /** The guest's, a BCP 47 tag; empty when nobody has said. */
  language?: string;
};

/** One line of an order, at the price that the customer was promised. */
export type OrderedItem = { name: string; quantity: number; unitPrice: Money; stripePriceId: string };

/** A session as the provider knows it, with what it asks for; `orderId` is empty when it is not one of ours. */
export type FoundSession = { session: CheckoutSession; orderId: string; total: Money; state: SessionState };

/** The payment provider. Errors are "unavailable" when a later try may succeed. */
export type Checkout = {
  /**
   * Opens the one session of an order: the same order gets the same session again, however many replicas ask.
   * @throws AppError "invalid" when the provider will never take this order's payment.
   */
  open(order: OrderToPay): Promise<CheckoutSession>;
  find(sessionId: string): Promise<FoundSession | undefined>;
  /**
   * Ends a session that is open, or complete and waits for its customer to pay elsewhere, and says what it is then. One
   * that the provider does not know counts as closed.
   */
  expire(sessionId: string): Promise<SessionState>;
  /**
   * Gives money back: the same refund and attempt are one refund, however often it is asked.
   * @returns "spent" when this attempt is only ever answered with an error, and nothing was made by it.
   * @throws AppError "invalid" when the provider refuses it for good, whose word is the message.
   */
  refund(wish: RefundWish): Promise<RefundNews | "spent">;
  /** The refunds and disputes of a payment, whether we asked for them or somebody at the dashboard or the bank did. */
  givenBack(paymentId: string): Promise<GivenBack>;
  /** What a payment was made with, in the provider's word; undefined when it does not say. */
  meansOf(paymentId: string): Promise<string | undefined>;
  /** The order that a payment was made for; undefined when it is none of ours. */
  orderOf(paymentId: string): Promise<string | undefined>;
};

export type RefundWish = { orderId: string; paymentId: string; refund: Pick<Refund, "id" | "amount" | "attempt"> };

/** An order as the order service knows it. */
export type KnownOrder = {
  customerId: string;
  total: Money;
  /** The session that the customer was led to; empty before there was one. */
  sessionId: string;
  paymentLink: string;
  traceparent: string;
};

/** The order service, as far as payment speaks to it. */
export type Orders = {
  find(orderId: string): Promise<KnownOrder | undefined>;
  /**
   * Tells the order where it can be paid; a repeat changes nothing.
   * @throws AppError "conflict" when the order can no longer be paid.
   */
  requestPayment(orderId: string, session: CheckoutSession): Promise<void>;
  /**
   * Tells the order that nobody paid and nobody can any more; a repeat changes nothing.
   * @throws AppError "conflict" when the order's status does not allow this, "not_found".
   */
  closeCheckout(orderId: string, reason: "expired" | "payment_failed"): Promise<void>;
  /**
   * Tells the order of its refunds and disputes; a repeat changes nothing.
   * @returns false when the order service is of a version that has no such call yet.
   * @throws AppError "not_found".
   */
  recordRefunds(orderId: string, currency: string, moved: readonly RecordedRefund[]): Promise<boolean>;
};

/** A set of names in a store: a name is in it from its adding to its removal. */
export type Names = {
  /** A repeat changes nothing. */
  add(name: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** In the order in which they were added, as far as that is known. */
  list(): Promise<readonly string[]>;
};

/** The payments, one an order. What the store forgets while it is changed is stored again. */
export type Payments = {
  find(orderId: string): Promise<Payment | undefined>;
  /** Stores a new payment, or gives the one that was there first. */
  add(payment: OpenPayment | BarredPayment): Promise<Payment>;
  /** Stores a payment that was forgotten or only barred, or gives the one that is there. */
  restore(payment: AskedPayment): Promise<Payment>;
  /**
   * Changes a payment; `change` runs again when somebody else was faster.
   * @param known what is changed if the store has forgotten the payment.
   * @throws AppError "unavailable" when others were faster too often.
   */
  update<P extends Payment>(known: Payment, change: (payment: Payment) => P): Promise<P>;
};

/** Tells the other services that an order was paid. A repeat carries the same event id. */
export type PaidOrders = {
  /** @throws AppError "unavailable" when the announcement was not sent. */
  announce(payment: PaidPayment): Promise<void>;
};

/** What was put aside. Nothing of it is ever forgotten. */
export type PutAsides = {
  /** @returns false when the message was there before: a repeat changes nothing. */
  add(message: PutAside): Promise<boolean>;
  /** Takes a message that a version before put aside, with what was decided on it, unless more is known here. */
  adopt(message: PutAside): Promise<void>;
  find(eventId: string): Promise<PutAside | undefined>;
  /**
   * Changes a message; `change` runs again when somebody else was faster.
   * @throws AppError "not_found".
   */
  update(eventId: string, change: (message: PutAside) => PutAside): Promise<PutAside>;
  /** The messages that are not over, newest first; `next` is where the page after it begins. */
  page(wanted: { limit: number; after?: string }): Promise<{ messages: readonly PutAside[]; next: string | undefined }>;
  /** The messages whose refund was decided on and has not succeeded. */
  goingBack(): Promise<readonly PutAside[]>;
  /** How many messages wait for a decision. */
  waiting(): Promise<number>;
};

/** An act of the staff, as far as it is known without its record: how it was refused, if it was. */
export type ActTold = { target: string; subject: string; action: string; refusal?: Refusal };

/** An act that was begun. `at` is the time of its record: milliseconds since the epoch, of which no two are the same. */
export type ActClaim = ActTold & { id: string; at: number };

/** Why an act was refused, with its record. */
export type Refusal = { kind: "not_found" | "conflict"; record: ActRecord };

/** The acts of the staff. The record of one that was done is with what it changed. */
export type Acts = {
  /** Begins an act now, or gives what was begun with this id before. */
  claim(id: string, now: number, act: ActTold): Promise<ActClaim>;
  refuse(refusal: Refusal): Promise<void>;
  /** Those that were begun before `until`, newest first, page by page. */
  newest(until?: number): AsyncIterable<readonly ActClaim[]>;
};
