import { inspect } from "node:util";
import { afterEach, expect, test } from "vitest";
import { keptLogs } from "#common/testing/logs";
import { orderCreated, sessionPaid, signature, traceparent } from "../testing/events.ts";
import { secret } from "../testing/fakes.ts";
import { stopListening, waiting } from "../testing/waiting.ts";

afterEach(stopListening);

test("a signed confirmation pays the order and announces it in the order's trace", async () => {
  const { send, stored, events } = await waiting();
  expect((await send(sessionPaid())).status).toBe(200);
  expect(await stored()).toMatchObject({ status: "paid", paymentId: "pi_1", announced: true });
  expect(events.published).toHaveLength(1);
  expect(events.published[0]).toMatchObject({
    type: "order.paid",
    source: "payment",
    traceparent,
    data: {
      orderId: "order-1",
      amount: { amount: "1200", currency: "eur" },
      paymentId: "pi_1",
      meta: { version: 1, occurredAt: "2023-11-14T22:13:20Z", traceparent },
    },
  });
});

test.each([
  ["of the only means that was possible", { payment_method_types: ["link"] }, "card", "link"],
  ["of one of several, which the provider is asked for", { payment_method_types: ["card", "ideal"] }, "ideal", "ideal"],
  ["of a version that lists none", {}, "card", "card"],
  ["whose means nobody says", { payment_method_types: ["card", "ideal"] }, "unavailable", ""],
])("a payment %s is announced with it, whatever else is known", async (_, session, provider, means) => {
  const { send, checkout, events, stored } = await waiting();
  checkout.pay("order-1");
  checkout.means = provider;
  expect((await send(sessionPaid("order-1", session))).status).toBe(200);
  expect(await stored()).toMatchObject({ status: "paid", announced: true });
  expect(events.published).toHaveLength(1);
  expect((events.published[0]?.data as { means?: string } | undefined)?.means ?? "").toBe(means);
});

test("a confirmation delivered 10 times in parallel is one transition; its announcements carry one id", async () => {
  const { send, events, stored, metrics } = await waiting();
  const body = sessionPaid();
  const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await send(body)).status));
  expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
  expect((await send(body)).status).toBe(200);
  expect(new Set(events.published.map(({ id }) => id)).size).toBe(1);
  expect(await stored()).toMatchObject({ status: "paid", paymentId: "pi_1", announced: true });
  expect(await metrics.registry.metrics()).toMatch(/gorder_webhooks_total\{[^}]*outcome="paid"[^}]*\} 1\n/);
});

test("a confirmation costs one read, one announcement and one save; a repeat costs one read", async () => {
  const { send, state, events } = await waiting();
  const asked: string[] = [];
  const { get, save } = state;
  const { publish } = events;
  state.get = async (key) => {
    // What is done by the clock reads other keys.
    if (key.startsWith("payment-")) asked.push("get");
    return get<never>(key);
  };
  state.save = (...its) => save(...its).finally(() => asked.push("save"));
  events.publish = (...its) => publish(...its).finally(() => asked.push("publish"));
  await send(sessionPaid());
  expect(asked.splice(0)).toEqual(["get", "publish", "save"]);
  await send(sessionPaid());
  expect(asked).toEqual(["get"]);
});

test("an announcement that fails answers 5xx; the next try sends it with the same content", async () => {
  const { send, stored, events } = await waiting();
  events.refusals = 1;
  const failed = await send(sessionPaid());
  expect(failed.status).toBe(503);
  expect(failed.headers.get("retry-after")).toBe("1");
  expect(await stored()).toMatchObject({ status: "open" });
  expect(events.published).toEqual([]);
  expect((await send(sessionPaid())).status).toBe(200);
  expect(events.published).toHaveLength(1);
  expect(await stored()).toMatchObject({ status: "paid", announced: true });
});

test("a repeat of an announced payment is acknowledged without a second announcement", async () => {
  const { send, events } = await waiting();
  await send(sessionPaid());
  expect((await send(sessionPaid())).status).toBe(200);
  const other = sessionPaid("order-1", {}, { id: "evt_2", type: "checkout.session.async_payment_succeeded" });
  expect((await send(other)).status).toBe(200);
  expect(events.published).toHaveLength(1);
});

test("an order that comes again after it was paid is left alone", async () => {
  const { send, service, orders } = await waiting();
  await send(sessionPaid());
  expect(await service.subscriptions?.[0]?.handle(orderCreated())).toBe("repeated");
  expect(orders.links).toHaveLength(1);
});

test.each([
  ["another amount", { amount_total: 1199 }],
  ["another currency", { currency: "usd" }],
  ["another session", { id: "cs_other" }],
  ["no amount", { amount_total: null }],
])("%s than the order's is acknowledged, put aside, and never a payment", async (_name, changes) => {
  const { send, stored, events, metrics } = await waiting();
  expect((await send(sessionPaid("order-1", changes))).status).toBe(200);
  expect(await stored()).toMatchObject({ status: "open" });
  expect(events.published).toEqual([]);
  expect(await metrics.registry.metrics()).toMatch(/gorder_webhooks_total\{[^}]*outcome="put_aside"[^}]*\} 1\n/);
});

test.each([
  ["a session of somebody else", sessionPaid("order-1", { metadata: {} })],
  ["another type of event", sessionPaid("order-1", {}, { type: "charge.succeeded" })],
])("%s is acknowledged and ignored", async (_name, body) => {
  const { send, stored, events } = await waiting();
  expect((await send(body)).status).toBe(200);
  expect(await stored()).toMatchObject({ status: "open" });
  expect(events.published).toEqual([]);
});

const body = sessionPaid();
const spaced = JSON.stringify(JSON.parse(body), null, 2);
test.each([
  ["no signature", body, ""],
  ["a signature with another secret", body, signature(body, { secret: "whsec_of_somebody_else" })],
  ["a signature that is older than 300 s", body, signature(body, { ageSeconds: 310 })],
  ["a signature that is none", body, "t=now,v1=please"],
  ["a body that was parsed and written again", spaced, signature(body)],
  ["a signed body that is not JSON", "paid!", signature("paid!")],
  ["a signed body that is not an event", "[]", signature("[]")],
  ["an empty body", "", signature("x")],
])("%s answers 400 and has no effect", async (_name, sent, signed) => {
  const { send, stored, events } = await waiting();
  const answer = await send(sent, signed);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ type: "/problems/invalid-request" });
  expect(await stored()).toMatchObject({ status: "open" });
  expect(events.published).toEqual([]);
});

const told = "guest@example.com";
test.each([
  ["a fractional amount", sessionPaid("order-1", { amount_total: 12.5, customer_details: { email: told } })],
  ["an amount in words", sessionPaid("order-1", { amount_total: told })],
  ["a status that is none", sessionPaid("order-1", { payment_status: { email: told } })],
  ["a payment that is a list", sessionPaid("order-1", { payment_intent: [told] })],
  ["marks that are no texts", sessionPaid("order-1", { metadata: { orderId: [told] } })],
  ["a refund whose payment is a list", sessionPaid("order-1", { payment_intent: [told] }, { type: "refund.created" })],
  ["no object at all", sessionPaid("order-1", {}, { data: { object: told } })],
])("a signed event with %s is asked for again and logged once, without what it says", async (_, sent) => {
  const logger = keptLogs();
  const { send, stored, events } = await waiting({ logger });
  const signed = signature(sent);
  const answer = await send(sent, signed);
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain(told);
  expect(await stored()).toMatchObject({ status: "open" });
  expect(events.published).toEqual([]);
  expect(logger.lines.filter(({ level }) => level === "error")).toHaveLength(1);
  const log = inspect(logger.lines, { depth: Number.POSITIVE_INFINITY, showHidden: true });
  for (const kept of [told, 'amount_total":', secret, signed]) expect(log).not.toContain(kept);
});

test("a signature that is 290 s old is still good", async () => {
  const { send } = await waiting();
  expect((await send(body, signature(body, { ageSeconds: 290 }))).status).toBe(200);
});

test("while one secret replaces another, both are accepted, and a third is not", async () => {
  const { send, events } = await waiting({ secrets: ["whsec_the_new_one_1234", secret] });
  const as = async (orderBody: string, signer: string) =>
    (await send(orderBody, signature(orderBody, { secret: signer }))).status;
  expect(await as(body, "whsec_a_third_one_1234")).toBe(400);
  expect(events.published).toHaveLength(0);
  expect(await as(body, secret)).toBe(200);
  expect(events.published).toHaveLength(1);
  expect(await as(body, "whsec_the_new_one_1234")).toBe(200);
});

test("a body over 64 KiB is refused before it is looked at", async () => {
  const { send } = await waiting();
  const large = sessionPaid("order-1", { metadata: { orderId: "order-1", more: "x".repeat(64 * 1024) } });
  expect((await send(large)).status).toBe(413);
});

test("a payment does not wait long for what it was made with, when the provider hangs", async () => {
  const { send, checkout, events, stored } = await waiting();
  checkout.pay("order-1");
  checkout.meansOf = () => new Promise(() => {});
  expect((await send(sessionPaid("order-1"))).status).toBe(200);
  expect(await stored()).toMatchObject({ status: "paid", announced: true });
  expect(events.published).toHaveLength(1);
});
