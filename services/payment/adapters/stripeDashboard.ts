import type { StripeOptions } from "./stripeClient.ts";

/** Where a person sees a payment: in Stripe's dashboard, or at what speaks as Stripe does. */
export function stripeDashboard({
  secretKey,
  apiUrl,
}: Pick<StripeOptions, "secretKey" | "apiUrl">): (id: string) => string {
  const test = /^[a-z]+_test_/.test(secretKey) ? "/test" : "";
  const base = apiUrl?.replace(/\/+$/, "") ?? `https://dashboard.stripe.com${test}`;
  return (paymentId) => `${base}/payments/${encodeURIComponent(paymentId)}`;
}
