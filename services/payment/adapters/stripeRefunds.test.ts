import { afterEach } from "vitest";
import { silentLogger } from "#common/logging";
import { secretKey, standin } from "../../standin/testing.ts";
import { refundsContract } from "../testing/refunds.suite.ts";
import { stripeCheckout } from "./stripeCheckout.ts";
import { stripeClient } from "./stripeClient.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

refundsContract("Stripe, which the stand-in plays", async () => {
  const it = await standin();
  closers.push(it.close);
  const checkout = stripeCheckout({
    stripe: stripeClient({ secretKey, apiUrl: it.origin, timeoutMs: 5_000 }),
    publicUrl: "http://127.0.0.1:8080",
    pricesFromStripe: false,
    logger: silentLogger,
  });
  const unitPrice = { amount: 600, currency: "eur" };
  const session = await checkout.open({
    ...{ orderId: "order-1", customerId: "customer-1", traceparent: "", placedAt: new Date() },
    items: [{ name: "Soup", quantity: 2, unitPrice, stripePriceId: "" }],
    total: { amount: 1200, currency: "eur" },
  });
  await it.press(session.url, "pay");
  const state = (await checkout.find(session.id))?.state;
  const payment_intent = state?.status === "paid" ? state.confirmation.paymentId : "";
  return {
    checkout,
    paymentId: payment_intent,
    begin: (status) => it.control("/refunds/begin", { status: status === "refunding" ? "pending" : status }),
    end: (providerId, status) => it.control(`/refunds/${providerId}`, { status }),
    refundByHand: (amount) => it.control("/refunds", { payment_intent, amount: String(amount) }),
    async dispute() {
      const { id } = await it.control("/disputes", { payment_intent });
      return (status) => it.control(`/disputes/${id}`, { status });
    },
  };
});
