import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { silentLogger } from "#common/logging";
import { secretKey, standin } from "../../standin/testing.ts";
import { stripeCheckout } from "./stripeCheckout.ts";
import { stripeClient } from "./stripeClient.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const order = {
  orderId: "order-1",
  customerId: "customer-1",
  items: [{ name: "Soup", quantity: 2, unitPrice: { amount: 600, currency: "eur" }, stripePriceId: "" }],
  total: { amount: 1200, currency: "eur" },
  traceparent: "",
  placedAt: new Date(0),
};

const checkoutOf = (apiUrl: string, settings = {}) =>
  stripeCheckout({
    ...settings,
    stripe: stripeClient({ secretKey, apiUrl, timeoutMs: 5_000, retries: 0 }),
    publicUrl: "http://127.0.0.1:8080",
    pricesFromStripe: false,
    logger: silentLogger,
  });

/** A session at the stand-in, and its buttons. */
async function opened() {
  const it = await standin();
  closers.push(it.close);
  const checkout = checkoutOf(it.origin);
  const session = await checkout.open(order);
  const press = (action: string) => it.press(session.url, action);
  const state = async () => (await checkout.find(session.id))?.state;
  return { ...it, checkout, session, press, state };
}

/** The session is paid; a refund of all of it. */
async function paid(it: Awaited<ReturnType<typeof opened>>) {
  await it.press("pay");
  const state = await it.state();
  if (state?.status !== "paid") throw new Error(`the session is ${state?.status}`);
  const { paymentId } = state.confirmation;
  const wish = { orderId: "order-1", paymentId, refund: { id: "refund-order-1", amount: 1200, attempt: 1 } };
  return { paymentId, wish };
}

test("a session is found with its order and its state; one that does not exist is none", async () => {
  const { checkout, session } = await opened();
  const { total } = order;
  expect(await checkout.find(session.id)).toEqual({ session, orderId: "order-1", total, state: { status: "open" } });
  expect(await checkout.find("cs_test_none")).toBeUndefined();
});

test("the payment page is in the guest's language, and an invoice is made when the shop wants one", async () => {
  const it = await standin();
  closers.push(it.close);
  const stripe = stripeClient({ secretKey, apiUrl: it.origin, timeoutMs: 5_000, retries: 0 });
  const asked = async (language: string, settings: object) => {
    const { id } = await checkoutOf(it.origin, settings).open({ ...order, orderId: `order-${language}`, language });
    const { locale, invoice_creation } = await stripe.checkout.sessions.retrieve(id);
    return [locale, invoice_creation?.enabled];
  };
  expect(await asked("de-AT", { invoices: true })).toEqual(["de", true]);
  expect(await asked("ar", { invoices: false })).toEqual(["auto", false]);
  expect(await asked("", {})).toEqual([null, false]);
});

test("an order whose language, names or invoice are asked for otherwise by another version keeps its one session", async () => {
  const it = await standin();
  closers.push(it.close);
  const first = await checkoutOf(it.origin).open({ ...order, placedAt: new Date() });
  const translated = { items: order.items.map((item) => ({ ...item, name: "Tee" })), language: "de" };
  const again = checkoutOf(it.origin, { invoices: true }).open({ ...order, placedAt: new Date(), ...translated });
  expect(await again).toEqual(first);
});

test("a paid session tells what was taken", async () => {
  const it = await opened();
  await it.press("pay");
  expect(await it.state()).toMatchObject({
    status: "paid",
    confirmation: {
      sessionId: it.session.id,
      paymentId: expect.stringMatching(/^pi_/),
      taken: { amount: 1200, currency: "eur" },
      at: expect.any(Date),
    },
  });
});

test.each([
  ["at once", ["pay"], "card"],
  ["by a slow means", ["slow", "arrive"], "sepa_debit"],
])("what was paid %s says what it was paid with", async (_, actions, means) => {
  const it = await opened();
  for (const action of actions) await it.press(action);
  const state = await it.state();
  expect(state).toMatchObject({ status: "paid", confirmation: { means } });
  if (state?.status === "paid") expect(await it.checkout.meansOf(state.confirmation.paymentId)).toBe(means);
});

test("a slow payment is under way, then paid or failed", async () => {
  for (const [end, expected] of [
    ["arrive", { status: "paid" }],
    ["bounce", { status: "closed", reason: "payment_failed" }],
  ] as const) {
    const { press, state, checkout, session } = await opened();
    await press("slow");
    expect(await state()).toEqual({ status: "processing" });
    expect(await checkout.expire(session.id)).toEqual({ status: "processing" });
    await press(end);
    expect(await state()).toMatchObject(expected);
  }
});

test("an open session is expired, again and again; then nobody can pay", async () => {
  const { checkout, session, press, state } = await opened();
  const closed = { status: "closed", reason: "expired" };
  expect(await checkout.expire(session.id)).toEqual(closed);
  expect(await checkout.expire(session.id)).toEqual(closed);
  expect((await press("pay")).status).toBe(409);
  expect(await state()).toEqual(closed);
});

test("a session that is paid is not expired: it is told as paid", async () => {
  const { checkout, session, press } = await opened();
  await press("pay");
  expect(await checkout.expire(session.id)).toMatchObject({ status: "paid" });
});

test("a session that the provider does not know can be paid by nobody", async () => {
  const { checkout } = await opened();
  expect(await checkout.expire("cs_test_none")).toEqual({ status: "closed", reason: "expired" });
});

/** Something between us and the stand-in that answers in its place after the stand-in has done its work. */
async function through(origin: string, instead: (request: IncomingMessage) => number | undefined) {
  const listener: RequestListener = async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = "GET", url = "/" } = request;
    const headers = Object.fromEntries(
      ["authorization", "content-type", "idempotency-key"].flatMap((name) => {
        const value = request.headers[name];
        return typeof value === "string" ? [[name, value]] : [];
      }),
    );
    const answer = await fetch(origin + url, {
      method,
      headers,
      ...(method === "POST" && { body: Buffer.concat(chunks) }),
    });
    const body = await answer.text();
    const status = instead(request);
    if (status === 0) return void request.socket.destroy();
    response.writeHead(status ?? answer.status, { "content-type": "application/json" });
    response.end(status ? '{"error":{"type":"api_error","message":"oops"}}' : body);
  };
  return checkoutOf(await listening(createServer(listener)));
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each([
  ["500", 500],
  ["nothing", 0],
])("a refund that was made and answered with %s is not made again", async (_name, answer) => {
  const it = await opened();
  const { wish } = await paid(it);
  const keys: unknown[] = [];
  const troubled = await through(it.origin, ({ method, headers }) => {
    if (method !== "POST") return undefined;
    keys.push(headers["idempotency-key"]);
    return answer;
  });
  await expect(troubled.refund(wish)).rejects.toMatchObject({ kind: "unavailable" });
  expect(new Set(keys)).toEqual(new Set(["refund-order-1"]));
  expect(await it.checkout.refund(wish)).toMatchObject({ id: "refund-order-1", state: "succeeded" });
  expect((await it.stripe.refunds.list()).data).toHaveLength(1);
});

test.each([
  ["500", 500],
  ["nothing", 0],
])(
  "a Stripe that answers everything with %s is unavailable, and the next try finds what was done",
  async (_name, answer) => {
    const it = await opened();
    const troubled = await through(it.origin, () => answer);
    await expect(troubled.find(it.session.id)).rejects.toMatchObject({ kind: "unavailable" });
    await expect(troubled.expire(it.session.id)).rejects.toMatchObject({ kind: "unavailable" });
    expect(await it.checkout.expire(it.session.id)).toMatchObject({ status: "closed" });
    const second = await opened();
    const { wish } = await paid(second);
    const cut = await through(second.origin, () => answer);
    await expect(cut.refund(wish)).rejects.toMatchObject({ kind: "unavailable" });
    await second.checkout.refund(wish);
    expect((await second.stripe.refunds.list()).data).toHaveLength(1);
  },
);

test("a session that Stripe neither ends nor calls ended is unavailable: it is not taken for closed", async () => {
  const it = await opened();
  const server = createServer((request, response) => {
    const open = { id: it.session.id, status: "open", payment_status: "unpaid", metadata: {} };
    response.writeHead(request.method === "POST" ? 400 : 200, { "content-type": "application/json" });
    response.end(
      JSON.stringify(request.method === "POST" ? { error: { type: "invalid_request_error", message: "no" } } : open),
    );
  });
  const stubborn = checkoutOf(await listening(server));
  await expect(stubborn.expire(it.session.id)).rejects.toMatchObject({ kind: "unavailable" });
});
