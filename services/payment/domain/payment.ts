/** An amount in the currency's minor unit (cents), currency as lower-case ISO 4217. */
export type Money = { amount: number; currency: string };

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
};

/** How many of the provider's message ids a payment remembers: a session that is paid once causes a handful. */
const remembered = 20;

type Opened = {
  readonly orderId: string;
  readonly customerId: string;
  readonly total: Money;
  readonly session: CheckoutSession;
  /** The trace context of the order, so that what follows the payment continues the order's trace. */
  readonly traceparent: string;
  readonly seenEvents: readonly string[];
};

/** A payment that can still be made. */
export type OpenPayment = Opened & { readonly status: "open" };

/** A payment that was made; `announced` once the other services were told. */
export type PaidPayment = Opened & {
  readonly status: "paid";
  readonly paymentId: string;
  readonly paidAt: string;
  readonly announced: boolean;
};

/** The one payment of an order. */
export type Payment = OpenPayment | PaidPayment;

/** Opens the payment of an order. */
export function openPayment(order: Omit<Opened, "seenEvents">): OpenPayment {
  const { amount, currency } = order.total;
  if (!Number.isSafeInteger(amount) || amount <= 0) throw new RangeError("a payment needs a positive whole amount");
  return { ...order, total: { amount, currency: currency.toLowerCase() }, status: "open", seenEvents: [] };
}

/** Whether a confirmation is of this payment: its session, its amount and its currency. */
export function matches(payment: Payment, { sessionId, taken }: Confirmation): boolean {
  const { session, total } = payment;
  return sessionId === session.id && taken.amount === total.amount && taken.currency.toLowerCase() === total.currency;
}

/** The payment as paid. A repeat changes nothing but the memory of messages. @throws when it does not match. */
export function confirm(payment: Payment, confirmation: Confirmation): PaidPayment {
  if (!matches(payment, confirmation)) throw new Error("a confirmation of something else cannot pay this");
  const { eventId, paymentId, at } = confirmation;
  const known = payment.seenEvents.includes(eventId);
  const seenEvents = known ? payment.seenEvents : [...payment.seenEvents, eventId].slice(-remembered);
  if (payment.status === "paid") return { ...payment, seenEvents };
  return { ...payment, seenEvents, status: "paid", paymentId, paidAt: at.toISOString(), announced: false };
}

/** The paid payment after the other services were told. */
export function announce(payment: PaidPayment): PaidPayment {
  return { ...payment, announced: true };
}
