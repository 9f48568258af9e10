import { type Confirmation, openPayment } from "../domain/payment.ts";

/** A payment of 12.50 EUR that can still be made. */
export const open = openPayment({
  orderId: "order-1",
  customerId: "customer-1",
  total: { amount: 1250, currency: "EUR" },
  session: { id: "cs_1", url: "https://pay.example/cs_1" },
  traceparent: "",
});

/** What the provider says when it was made. */
export function confirmation(changes: Partial<Confirmation> = {}): Confirmation {
  const taken = { amount: 1250, currency: "eur" };
  return { eventId: "evt_1", sessionId: "cs_1", paymentId: "pi_1", taken, at: new Date(0), ...changes };
}
