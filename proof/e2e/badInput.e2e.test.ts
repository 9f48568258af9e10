import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { rawClient } from "#common/testing/rawClient";
import { type Customer, newCustomer } from "./customer.ts";

const stack = inject("stack");
const { order, stock, payment, kitchen } = stack.apps;
const listeners = {
  ...Object.fromEntries(
    Object.entries(stack.apps).flatMap(([name, app]) => [
      [`${name}'s sidecar's`, app.appUrl],
      ...("url" in app ? [[`${name}'s public`, app.url] as const] : []),
    ]),
  ),
  "the stand-in": stack.standinUrl,
};
const portOf = (url: string) => Number(new URL(url).port);

/** Every process of the stack. */
function pids(): Record<string, number> {
  return (JSON.parse(readFileSync(join(stack.dataFolder, "stack.json"), "utf8")) as { pids: Record<string, number> })
    .pids;
}

let before: Record<string, number>;
let customer: Customer;
beforeAll(async () => {
  before = pids();
  customer = await newCustomer();
});
afterAll(() => expect(pids()).toEqual(before));

/** An order that goes all its way while something else is tried. */
async function meanwhile<T>(work: () => Promise<T>): Promise<T> {
  const [result] = await Promise.all([work(), customer.order().then(({ id }) => customer.payAndFetch(id))]);
  return result;
}

/** What a listener answers to bytes, whatever they are. */
async function answerTo(url: string, request: string): Promise<string> {
  const client = await rawClient(portOf(url));
  client.say(request);
  return client.closed;
}

const paths = [
  "/%00",
  "/%ff",
  "/%E0%A4%A",
  "/..%2f..%2f..%2fetc%2fpasswd",
  "/../../../../etc/passwd",
  "//evil.example/",
  "/__proto__",
  "/constructor",
  "/%7B%22$gt%22:%22%22%7D",
  "/'%20OR%201=1%20--",
  `/${"x".repeat(10_000)}`,
  "/api/customers/__proto__/orders/%00",
  "/order.v1.OrderService/../GetOrder",
  "/pay/__proto__",
  "/v1/checkout/sessions/%ff",
];
const headers = [
  "traceparent: garbage",
  `traceparent: 00-${"z".repeat(32)}-${"z".repeat(16)}-01`,
  `traceparent: ${"0".repeat(5_000)}`,
  "tracestate: ,,,=",
  "baggage: \u00ff\u00fe",
  "content-type: ;;;=",
  "accept: \u00ff/*;q=x",
  "accept-encoding: nothing;q=2",
  "authorization: Bearer ' OR 1=1 --",
  "cookie: gorder_session=%ff; __proto__=1",
  "if-none-match: \u00ff",
  "range: bytes=9-1,-0",
  "x-forwarded-for: ' OR 1=1 --",
  "dapr-api-token: __proto__",
  "connect-protocol-version: x",
  "stripe-signature: t=,v1=",
  "upgrade: h2c",
];
const wrong = [
  "\u0000\u0001\u0002\r\n\r\n",
  "GET / HTTP/9.9\r\n\r\n",
  "BREW / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
  "GET http:// HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
  "GET / HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n",
];

describe.each(Object.entries(listeners))("%s", (_, url) => {
  test("answers strange paths, headers and bytes with a clear 4xx at most, and tells nothing of itself", async () => {
    const get = (path: string, header = "x: 1") =>
      `GET ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n${header}\r\n\r\n`;
    const requests = [...paths.map((path) => get(path)), ...headers.map((header) => get("/healthz", header)), ...wrong];
    const answers = await meanwhile(() =>
      Promise.all(requests.map(async (request) => [request, await answerTo(url, request)] as const)),
    );
    for (const [request, answer] of answers) {
      expect(answer, request.slice(0, 100)).toMatch(/^HTTP\/1\.1 (200|4\d\d) /);
      expect(answer).not.toMatch(/\n\s+at |node_modules|\.ts:|\.js:\d|x-powered-by/i);
    }
    for (const [request, answer] of answers.slice(0, paths.length)) {
      expect(answer, request.slice(0, 100)).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(answer.toLowerCase()).toContain("\r\nx-content-type-options: nosniff\r\n");
    }
    for (const [request, answer] of answers.slice(-wrong.length)) {
      expect(answer, request.slice(0, 100)).toMatch(/^HTTP\/1\.1 4\d\d /);
    }
  });
});

test.each([
  ["order", order.grpcUrl],
  ["stock", stock.grpcUrl],
])("%s's gRPC port turns away what is no gRPC", async (_, grpcUrl = "") => {
  const preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  await meanwhile(() =>
    Promise.all(
      ["GET / HTTP/1.1\r\nhost: a\r\n\r\n", "\u0000".repeat(100), `${preface}${"\u00ff".repeat(200)}`].map((bytes) =>
        answerTo(grpcUrl, bytes),
      ),
    ),
  );
});

describe("an event route with the token and garbage answers 500: never a 4xx, on which the sidecar would drop it", () => {
  const routes = [
    [order.appUrl, "order.paid"],
    [kitchen.appUrl, "order.paid"],
    [payment.appUrl, "order.created"],
  ] as const;
  const bodies = [
    "",
    "not an event",
    "null",
    "[]",
    "5",
    "{}",
    '{"id":"1","type":"__proto__","data":{}}',
    "x".repeat(100_000),
  ];

  test.each(routes)("%s/events/%s", async (url, topic) => {
    const deliver = async (body: string, type: string) => {
      const headers = { "content-type": type, "dapr-api-token": stack.appApiToken };
      const response = await fetch(`${url}/events/${topic}`, { method: "POST", headers, body });
      expect(await response.text()).not.toMatch(/\n\s+at /);
      return response.status;
    };
    const types = ["application/json", "application/cloudevents+json", "text/plain", "application/json; charset=x"];
    const deliveries = types.flatMap((type) => bodies.map((body) => deliver(body, type)));
    expect(new Set(await meanwhile(() => Promise.all(deliveries)))).toEqual(new Set([500]));
  });
});

test("a webhook that is not Stripe's own, of these minutes and as it was signed, is refused and has no effect", async () => {
  const { id } = await customer.order();
  const { paymentLink = "" } = await customer.until(id, "waiting_for_payment");
  const object = {
    id: /cs_\w+/.exec(paymentLink)?.[0],
    object: "checkout.session",
    payment_status: "paid",
    amount_total: 500,
    currency: "eur",
    payment_intent: "pi_1",
    metadata: { orderId: id },
  };
  const now = Math.floor(Date.now() / 1000);
  const about = { id: "evt_bad", object: "event", type: "checkout.session.completed", created: now };
  const body = JSON.stringify({ ...about, data: { object } });
  const secret = stack.stripeWebhookSecret.split(",")[0] ?? "";
  const sign = (payload: string, with_ = secret, timestamp = now) =>
    Stripe.webhooks.generateTestHeaderString({ payload, secret: with_, timestamp });
  const post = async (payload: string | Buffer, signature: string | undefined, more: Record<string, string> = {}) => {
    const headers = {
      "content-type": "application/json",
      ...(signature && { "stripe-signature": signature }),
      ...more,
    };
    const response = await fetch(`${payment.url}/api/stripe/webhook`, { method: "POST", headers, body: payload });
    return [response.status, ((await response.json()) as { type: string }).type];
  };
  const refused = [400, "/problems/invalid-request"];
  await meanwhile(async () => {
    expect(await post(body, undefined)).toEqual(refused);
    expect(await post(body, "garbage")).toEqual(refused);
    expect(await post(body, sign(body, "whsec_another"))).toEqual(refused);
    expect(await post(body, sign(body, secret, now - 3_600))).toEqual(refused);
    expect(await post(JSON.stringify(JSON.parse(body), undefined, 2), sign(body))).toEqual(refused);
    expect(await post(`${body} `, sign(body))).toEqual(refused);
    expect(await post("", sign(""))).toEqual(refused);
    expect(await post("not an event", sign("not an event"))).toEqual(refused);
    expect((await post(gzipSync(body), sign(body), { "content-encoding": "gzip" }))[0]).toBe(415);
    const huge = JSON.stringify({ ...about, padding: "x".repeat(5_000_000) });
    expect(await post(huge, sign(huge))).toEqual([413, "/problems/payload-too-large"]);
  });
  expect((await customer.until(id, "waiting_for_payment")).history).toHaveLength(2);
});

test("100 MB at every listener are refused while an order goes its way", async () => {
  const size = 100 * 1024 * 1024;
  const pour = async (url: string, path: string) => {
    const client = await rawClient(portOf(url));
    client.say(`POST ${path} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${size}\r\n\r\n`);
    const sent = await client.pour(size);
    return { answer: await client.closed, sent };
  };
  const targets = [
    [order.url, "/api/session"],
    [order.appUrl, "/events/order.paid"],
    [stock.appUrl, "/stock.v1.StockService/ReserveItems"],
    [payment.url, "/api/stripe/webhook"],
    [kitchen.appUrl, "/events/order.paid"],
    [stack.standinUrl, "/v1/refunds"],
  ] as const;
  const outcomes = await meanwhile(() => Promise.all(targets.map(([url, path]) => pour(url, path))));
  for (const [index, { answer, sent }] of outcomes.entries()) {
    expect(answer.slice(0, 20), String(targets[index])).toMatch(/^HTTP\/1\.1 (200|401|413) /);
    expect(sent, String(targets[index])).toBeLessThan(size / 2);
  }
});
