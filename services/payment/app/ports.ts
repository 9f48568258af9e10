import type { CheckoutSession, Money, OpenPayment, PaidPayment, Payment } from "../domain/payment.ts";

/** The order as far as its payment needs it. */
export type OrderToPay = {
  orderId: string;
  customerId: string;
  items: readonly OrderedItem[];
  total: Money;
  traceparent: string;
};

/** One line of an order, at the price that the customer was promised. */
export type OrderedItem = { name: string; quantity: number; unitPrice: Money; stripePriceId: string };

/** The payment provider. Errors are "unavailable" when a later try may succeed. */
export type Checkout = {
  /** Opens the one session of an order: the same order gets the same session again, whoever asks. */
  open(order: OrderToPay): Promise<CheckoutSession>;
};

/** The order service, as far as payment speaks to it. */
export type Orders = {
  /**
   * Tells the order where it can be paid; a repeat changes nothing.
   * @throws AppError "conflict" when the order can no longer be paid.
   */
  requestPayment(orderId: string, link: string): Promise<void>;
};

/** The payments, one an order. */
export type Payments = {
  find(orderId: string): Promise<Payment | undefined>;
  /** Stores a new payment, or gives the one that was there first. */
  add(payment: OpenPayment): Promise<Payment>;
  /**
   * Changes a payment; `change` runs again when somebody else was faster.
   * @throws AppError "not_found", or "unavailable" when others were faster too often.
   */
  update<P extends Payment>(orderId: string, change: (payment: Payment) => P): Promise<P>;
};

/** Tells the other services that an order was paid. A repeat carries the same event id. */
export type PaidOrders = {
  /** @throws AppError "unavailable" when the announcement was not sent. */
  announce(payment: PaidPayment): Promise<void>;
};
