import { afterEach, expect, test } from "vitest";
import { listen } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { serviceApp } from "#common/service";
import { stripeCheckout } from "./adapters/stripeCheckout.ts";
import { buildPayment } from "./build.ts";
import { standin, webhookSecret } from "./standin/testing.ts";
import { orderCreated } from "./testing/events.ts";
import { fakeBus, fakeOrders, payment } from "./testing/fakes.ts";

// A busy machine may take its time.
const patiently = { timeout: 4_000 };

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Payment and the stand-in, talking to each other over HTTP. */
async function together() {
  let webhookUrl = "";
  const stripe = await standin({ webhookUrl: () => webhookUrl });
  const { state, locks } = payment();
  const [events, orders] = [fakeBus(), fakeOrders()];
  const service = buildPayment({
    state,
    locks,
    events,
    orders,
    checkout: stripeCheckout({
      stripe: stripe.stripe,
      publicUrl: "http://127.0.0.1:8080",
      pricesFromStripe: false,
      logger: silentLogger,
    }),
    webhookSecrets: [webhookSecret],
    logger: silentLogger,
    metrics: createMetrics("payment", false),
  });
  const { port, close } = await listen(
    serviceApp(service, { logger: silentLogger, appToken: "0123456789abcdef" }),
    "127.0.0.1",
    0,
  );
  webhookUrl = `http://127.0.0.1:${port}/api/stripe/webhook`;
  closers.push(stripe.close, close);
  return { service, stripe, events, orders };
}

test("an order gets a link; paying there announces the order as paid, once", async () => {
  const { service, stripe, events, orders } = await together();
  expect(await service.subscriptions?.[0]?.handle(orderCreated())).toBe("done");
  const [, link = ""] = orders.links[0] ?? [];
  const answer = await stripe.press(link, "pay");
  expect(answer.headers.get("location")).toBe("http://127.0.0.1:8080/orders/order-1?payment=done");
  await stripe.press(link, "pay");
  await expect.poll(() => events.published, patiently).toHaveLength(1);
  expect(events.published[0]).toMatchObject({ type: "order.paid", data: { orderId: "order-1" } });
});

test("a payment whose announcement fails at first is announced after the provider's next try", async () => {
  const { service, stripe, events, orders } = await together();
  await service.subscriptions?.[0]?.handle(orderCreated());
  events.failures = 1;
  await stripe.press(orders.links[0]?.[1] ?? "", "pay");
  await expect.poll(() => events.published, patiently).toHaveLength(1);
  expect(events.failures).toBe(0);
});
