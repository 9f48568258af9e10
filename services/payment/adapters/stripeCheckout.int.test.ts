import { expect, inject, test } from "vitest";
import { silentLogger } from "#common/logging";
import type { OrderToPay } from "../app/services.ts";
import { stripeCheckout } from "./stripeCheckout.ts";
import { stripeClient } from "./stripeClient.ts";

// stripe-mock holds every request against Stripe's own description of its API.
const stripe = stripeClient({ secretKey: "sk_test_123", apiUrl: inject("stack").stripeMockUrl });

const order: OrderToPay = {
  orderId: "order-1",
  customerId: "customer-1",
  items: [
    { name: "Phở 🍜 & bread", quantity: 2, unitPrice: { amount: 600, currency: "eur" }, stripePriceId: "price_1" },
    { name: "Bread", quantity: 99, unitPrice: { amount: 50, currency: "eur" }, stripePriceId: "" },
  ],
  total: { amount: 6150, currency: "eur" },
  traceparent: "",
  placedAt: new Date(0),
};

test.each([false, true])("Stripe's own description accepts a session's request (prices of Stripe: %s)", async (own) => {
  const warnings: string[] = [];
  const logger = { ...silentLogger, warn: (message: string) => void warnings.push(message) };
  const checkout = stripeCheckout({ stripe, publicUrl: "http://127.0.0.1:8080", pricesFromStripe: own, logger });
  expect(await checkout.open(order)).toMatchObject({
    id: expect.stringMatching(/^cs_/),
    url: expect.stringContaining("://"),
  });
  // A refused request with Stripe's prices would have been followed by one with the promised amounts.
  expect(warnings).toEqual([]);
});

test("Stripe's own description accepts an order's end, and knows how sessions are looked at, ended and given back", async () => {
  const checkout = stripeCheckout({
    stripe,
    publicUrl: "http://127.0.0.1:8080",
    pricesFromStripe: false,
    logger: silentLogger,
  });
  const session = await checkout.open({ ...order, expiresAt: new Date(Date.now() + 1_800_000) });
  expect(await checkout.find(session.id)).toMatchObject({ session: { id: session.id } });
  expect(await checkout.expire(session.id)).toEqual({ status: "closed", reason: "expired" });
  const wish = { orderId: "order-1", paymentId: "pi_1", refund: { id: "one", amount: 100, attempt: 1 } };
  expect(await checkout.refund(wish)).toMatchObject({ providerId: expect.stringMatching(/^re_/) });
  expect(await checkout.givenBack("pi_1")).toMatchObject({ refunds: expect.any(Array), disputes: expect.any(Array) });
  await checkout.orderOf("pi_1");
});

test("Stripe's own description refuses a request that breaks it", async () => {
  const checkout = stripeCheckout({
    stripe,
    publicUrl: "http://127.0.0.1:8080",
    pricesFromStripe: false,
    logger: silentLogger,
  });
  const items = order.items.map((item) => ({ ...item, quantity: "many" as unknown as number }));
  await expect(checkout.open({ ...order, items })).rejects.toMatchObject({
    kind: "invalid",
    cause: { type: "StripeInvalidRequestError" },
  });
});
