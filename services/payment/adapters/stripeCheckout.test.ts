import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { silentLogger } from "#common/logging";
import { standin } from "../../standin/testing.ts";
import type { OrderToPay } from "../app/services.ts";
import { stripeCheckout } from "./stripeCheckout.ts";
import { stripeClient } from "./stripeClient.ts";

const order: OrderToPay = {
  orderId: "order-1",
  customerId: "customer-1",
  items: [
    { name: "Soup", quantity: 2, unitPrice: { amount: 600, currency: "eur" }, stripePriceId: "price_soup_600_eur" },
    { name: "Bread", quantity: 1, unitPrice: { amount: 50, currency: "eur" }, stripePriceId: "" },
  ],
  total: { amount: 1250, currency: "eur" },
  traceparent: "",
  placedAt: new Date(0),
};

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Something that speaks HTTP in Stripe's place. */
async function speaking(listener: RequestListener) {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stripe = stripeClient({ secretKey: "sk_test_1234", apiUrl, timeoutMs: 5_000, retries: 0 });
  return stripeCheckout({ stripe, publicUrl: "http://127.0.0.1:8080", pricesFromStripe: false, logger: silentLogger });
}

async function onStandin(pricesFromStripe: boolean) {
  const it = await standin();
  closers.push(it.close);
  return {
    ...it,
    checkout: stripeCheckout({
      stripe: it.stripe,
      publicUrl: "http://127.0.0.1:8080",
      pricesFromStripe,
      logger: silentLogger,
    }),
  };
}

test.each([false, true])(
  "a session asks for the order's total and leads back to it (prices of Stripe: %s)",
  async (own) => {
    const { checkout, stripe } = await onStandin(own);
    const { id, url } = await checkout.open(order);
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({
      url,
      amount_total: 1250,
      currency: "eur",
      client_reference_id: "order-1",
      metadata: { orderId: "order-1", customerId: "customer-1" },
      success_url: "http://127.0.0.1:8080/orders/order-1?payment=done",
      cancel_url: "http://127.0.0.1:8080/orders/order-1?payment=cancelled",
    });
  },
);

test("a session ends 31 minutes after its order: never before it, and late enough for Stripe", async () => {
  const { checkout, stripe } = await onStandin(false);
  const expiresAt = new Date(Math.floor(Date.now() / 1000) * 1000 + 1_500);
  const { id } = await checkout.open({ ...order, expiresAt });
  const { expires_at } = await stripe.checkout.sessions.retrieve(id);
  expect(expires_at).toBe(Math.floor(expiresAt.getTime() / 1000) + 31 * 60);
  expect(await checkout.open({ ...order, expiresAt })).toMatchObject({ id });
});

test("the same order gets the same session, whoever asks and however late", async () => {
  const { checkout } = await onStandin(false);
  const [first, second] = await Promise.all([checkout.open(order), checkout.open({ ...order, traceparent: "other" })]);
  expect(second).toEqual(first);
});

test.each([
  ["another price", "price_soup_700_eur"],
  ["no such price", "price_gone"],
])("where Stripe has %s, the customer still pays what was promised", async (_name, stripePriceId) => {
  const { checkout, stripe } = await onStandin(true);
  const items = order.items.map((item) => (item.stripePriceId ? { ...item, stripePriceId } : item));
  const { id } = await checkout.open({ ...order, items });
  expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ amount_total: 1250, currency: "eur" });
  expect(await checkout.open({ ...order, items })).toMatchObject({ id });
});

test("a session that asks for another amount than the order's total is never handed out", async () => {
  const { checkout } = await onStandin(false);
  await expect(checkout.open({ ...order, total: { amount: 1251, currency: "eur" } })).rejects.toThrow("total");
});

test.each([429, 500, 503, 409])("a status %d of Stripe is unavailable: a later try may succeed", async (status) => {
  const checkout = await speaking((_request, response) =>
    response.writeHead(status, { "content-type": "application/json" }).end('{"error":{"message":"not now"}}'),
  );
  await expect(checkout.open(order)).rejects.toMatchObject({ name: "AppError", kind: "unavailable" });
});

test("a Stripe that hangs, or is not there, is unavailable", async () => {
  const hanging = await speaking(() => undefined);
  await expect(hanging.open(order)).rejects.toMatchObject({ kind: "unavailable" });
  const stripe = stripeClient({ secretKey: "sk_test_1234", apiUrl: "http://127.0.0.1:1", retries: 0 });
  const nowhere = stripeCheckout({
    stripe,
    publicUrl: "http://127.0.0.1:8080",
    pricesFromStripe: false,
    logger: silentLogger,
  });
  await expect(nowhere.open(order)).rejects.toMatchObject({ kind: "unavailable" });
});

test("a Stripe that answered 500 after it made the session gives the retry the same session", async () => {
  const keys: unknown[] = [];
  const checkout = await speaking((request, response) => {
    keys.push(request.headers["idempotency-key"]);
    const session = { id: "cs_1", url: "https://pay.example/cs_1", amount_total: 1250, currency: "eur" };
    response.writeHead(keys.length === 1 ? 500 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(keys.length === 1 ? { error: { message: "oops" } } : session));
  });
  await expect(checkout.open(order)).rejects.toMatchObject({ kind: "unavailable" });
  expect(await checkout.open(order)).toEqual({ id: "cs_1", url: "https://pay.example/cs_1" });
  expect(keys).toEqual(["checkout-order-1", "checkout-order-1"]);
});

test("what Stripe refuses for good is no payment: no later try may succeed", async () => {
  const checkout = await speaking((_request, response) =>
    response
      .writeHead(400, { "content-type": "application/json" })
      .end('{"error":{"type":"invalid_request_error","message":"no such thing","param":"mode"}}'),
  );
  await expect(checkout.open(order)).rejects.toMatchObject({ kind: "invalid", cause: { param: "mode" } });
});
