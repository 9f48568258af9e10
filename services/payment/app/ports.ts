import type {
  AskedPayment,
  BarredPayment,
  CheckoutSession,
  Confirmation,
  Mismatch,
  Money,
  OpenPayment,
  PaidPayment,
  Payment,
  SessionState,
} from "../domain/payment.ts";

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
};

/** One line of an order, at the price that the customer was promised. */
export type OrderedItem = { name: string; quantity: number; unitPrice: Money; stripePriceId: string };

/** A session as the provider knows it, with what it asks for; `orderId` is empty when it is not one of ours. */
export type FoundSession = { session: CheckoutSession; orderId: string; total: Money; state: SessionState };

/** The payment provider. Errors are "unavailable" when a later try may succeed. */
export type Checkout = {
  /**
   * Opens the one session of an order: the same order gets the same session again, whoever asks.
   * @throws AppError "invalid" when the provider will never take this order's payment.
   */
  open(order: OrderToPay): Promise<CheckoutSession>;
  find(sessionId: string): Promise<FoundSession | undefined>;
  /** Ends a session that is open, and says what it is then. One that the provider does not know counts as closed. */
  expire(sessionId: string): Promise<SessionState>;
  /** Gives back all of a payment that is left, once however often it is asked. */
  refund(payment: PaidPayment): Promise<void>;
};

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

/** A confirmation that is no order's: never accepted, kept for an operator. */
export type PutAside = Omit<Confirmation, "at" | "paymentId"> & {
  orderId: string;
  reason: Mismatch | "unknown_order";
  /** ISO 8601. */
  at: string;
};

/** What was put aside: the newest of it. */
export type PutAsides = {
  /** @returns false when the message was there before: a repeat changes nothing. */
  add(message: PutAside): Promise<boolean>;
  /** Newest first. */
  list(): Promise<readonly PutAside[]>;
};
