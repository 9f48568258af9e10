import { listen } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { stripeClient } from "../payment/adapters/stripeClient.ts";
import { buildStandin, type StandinOptions } from "./standin.ts";

/** The key and the secret of stand-ins in tests. */
export const secretKey = "sk_test_standin";
export const webhookSecret = "whsec_standin_0123456789";

/** A listening stand-in and Stripe's own client for it. */
export async function standin(options: Partial<StandinOptions> = {}) {
  let origin = "";
  const built = buildStandin({
    publicUrl: () => origin,
    webhookUrl: () => "http://127.0.0.1:1/nobody",
    secretKey,
    webhookSecret,
    logger: silentLogger,
    ...options,
  });
  const { port, close } = await listen(built.app, "127.0.0.1", 0);
  origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    stripe: stripeClient({ secretKey, apiUrl: origin, retries: 0 }),
    /** Presses a button of a payment page. */
    press: (page: string, action: string) =>
      fetch(page, { method: "POST", body: new URLSearchParams({ action }), redirect: "manual" }),
    /** Says how the world behaves, as who knows the key may. @returns what was made or changed. */
    async control(path: string, params: Record<string, string> = {}): Promise<{ id: string; status: string }> {
      const headers = { authorization: `Bearer ${secretKey}` };
      const body = new URLSearchParams(params);
      const answer = await fetch(`${origin}/v1/standin${path}`, { method: "POST", headers, body });
      if (!answer.ok) throw new Error(await answer.text());
      return (await answer.json()) as { id: string; status: string };
    },
    async close() {
      built.close();
      await close();
    },
  };
}

/** A session over 2 × 6.00 eur and 1 × 0.50 eur. */
export const wish = {
  mode: "payment" as const,
  client_reference_id: "order-1",
  metadata: { orderId: "order-1" },
  payment_intent_data: { metadata: { orderId: "order-1" } },
  line_items: [
    { quantity: 2, price_data: { currency: "eur", unit_amount: 600, product_data: { name: "Soup <of the day>" } } },
    { quantity: 1, price: "price_extra_bread_50_eur" },
  ],
  success_url: "http://127.0.0.1:8080/orders/order-1?payment=done",
  cancel_url: "http://127.0.0.1:8080/orders/order-1?payment=cancelled",
};
