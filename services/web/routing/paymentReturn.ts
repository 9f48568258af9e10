/** How the customer came back from the payment page. */
export type PaymentReturn = "done" | "cancelled";

/** Takes `?payment=` out of an address; the rest of the query stays. */
export function takePaymentReturn(search: string): { back: PaymentReturn | undefined; search: string } {
  const query = new URLSearchParams(search);
  const payment = query.get("payment");
  query.delete("payment");
  const rest = query.toString();
  return { back: payment === "done" || payment === "cancelled" ? payment : undefined, search: rest && `?${rest}` };
}
