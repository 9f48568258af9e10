import { afterEach, expect, test } from "vitest";
import { AppError } from "#common/errors";
import type { Payment } from "../domain/payment.ts";
import { statusOf } from "../testing/client.ts";
import { sessionPaid, traceparent } from "../testing/events.ts";
import { knownOrder, slowState } from "../testing/fakes.ts";
import { stopListening, waiting } from "../testing/waiting.ts";

afterEach(stopListening);

const unpaid = { payment_status: "unpaid" };
const completed = sessionPaid("order-1", unpaid, { id: "evt_completed" });
const succeeded = sessionPaid("order-1", {}, { id: "evt_2", type: "checkout.session.async_payment_succeeded" });
const failed = sessionPaid("order-1", unpaid, { id: "evt_3", type: "checkout.session.async_payment_failed" });
const expired = sessionPaid("order-1", unpaid, { id: "evt_4", type: "checkout.session.expired" });

test("a session that is completed but not paid is under way; the later success pays", async () => {
  const { send, stored, events } = await waiting();
  expect((await send(completed)).status).toBe(200);
  expect(await stored()).toMatchObject({ status: "processing" });
  expect(events.published).toEqual([]);
  expect((await send(succeeded)).status).toBe(200);
  expect(events.published).toHaveLength(1);
});

test.each([
  ["a slow payment that failed", [completed, failed], "payment_failed"],
  ["a slow payment whose failure comes before its start", [failed, completed], "payment_failed"],
  ["a session that expired", [expired], "expired"],
])("%s closes the payment and tells the order why", async (_name, bodies, reason) => {
  const { send, stored, orders, events } = await waiting();
  for (const body of bodies) expect((await send(body)).status).toBe(200);
  expect(await stored()).toMatchObject({ status: "closed", reason });
  expect(orders.closed).toEqual([["order-1", reason]]);
  expect(events.published).toEqual([]);
});

test("a session that ended with nothing to pay is no payment under way: what it did not take is put aside", async () => {
  const { send, staff, stored } = await waiting();
  const free = sessionPaid("order-1", { payment_status: "no_payment_required", amount_total: 0, payment_intent: null });
  expect((await send(free)).status).toBe(200);
  expect(await stored()).toMatchObject({ status: "open" });
  expect((await staff.listMoney({})).putAside).toMatchObject([{ reason: "other_amount" }]);
});

test("an order that could not be told has the news sent again", async () => {
  const { send, orders } = await waiting();
  const { closeCheckout } = orders;
  orders.closeCheckout = () => Promise.reject(new AppError("unavailable", "away"));
  expect((await send(expired)).status).toBe(503);
  orders.closeCheckout = closeCheckout;
  expect((await send(expired)).status).toBe(200);
  expect(orders.closed).toEqual([["order-1", "expired"]]);
});

test.each(["conflict", "not_found"] as const)("an order that answers %s acknowledges the news", async (kind) => {
  const { send, orders } = await waiting();
  orders.closeCheckout = () => Promise.reject(new AppError(kind, "no"));
  expect((await send(expired)).status).toBe(200);
});

test.each([
  ["expired", expired],
  ["failed", failed],
  ["under way", completed],
])("news that come too late (%s) take nothing from a payment that was made", async (_name, body) => {
  const { send, stored, orders } = await waiting();
  await send(sessionPaid());
  expect((await send(body)).status).toBe(200);
  expect(await stored()).toMatchObject({ status: "paid" });
  expect(orders.closed).toEqual([]);
});

test("money that comes after the payment was closed is a payment all the same, for the order to give back", async () => {
  const { send, stored, events } = await waiting();
  await send(expired);
  expect((await send(sessionPaid())).status).toBe(200);
  expect(await stored()).toMatchObject({ status: "paid", announced: true });
  expect(events.published).toHaveLength(1);
});

test("the end of another session than the payment's is ignored", async () => {
  const { send, stored, orders } = await waiting();
  const other = sessionPaid("order-1", { ...unpaid, id: "cs_other" }, { type: "checkout.session.expired" });
  expect((await send(other)).status).toBe(200);
  expect(await stored()).toMatchObject({ status: "open" });
  expect(orders.closed).toEqual([]);
});

test("a payment that was given back is neither paid nor announced again", async () => {
  const { send, client, checkout, stored, events } = await waiting();
  checkout.pay("order-1");
  await send(sessionPaid());
  await client.refundPayment({ orderId: "order-1" });
  expect((await send(succeeded)).status).toBe(200);
  expect(await stored()).toMatchObject({ status: "refunded" });
  expect(events.published).toHaveLength(1);
});

test("a refund that comes between the payment and its announcement is not undone by it", async () => {
  const { send, client, checkout, stored, events } = await waiting();
  checkout.pay("order-1");
  const { publish } = events;
  events.publish = async (...sent) => {
    events.publish = publish;
    expect(statusOf(await client.refundPayment({ orderId: "order-1" }))).toBe("REFUNDED");
    return publish(...sent);
  };
  await send(sessionPaid());
  expect(await stored()).toMatchObject({ status: "refunded" });
});

/** The same payment after its store was emptied, and what the provider said since. */
async function emptied(happened: "paid" | "expired" | "nothing") {
  const first = await waiting();
  if (happened === "paid") first.checkout.pay("order-1");
  if (happened === "expired") await first.checkout.expire("cs_order-1");
  const order = first.orders.known.get("order-1");
  if (order) first.orders.known.set("order-1", { ...order, traceparent });
  const { checkout, orders } = first;
  const state = slowState();
  const again = await waiting({ checkout, orders, state, deliver: false });
  return { ...again, stored: async () => (await state.get<Payment>("payment-order-1"))?.value };
}

test("money for a payment that the store has forgotten is checked against the order, and paid and announced", async () => {
  const { send, stored, events } = await emptied("paid");
  expect((await send(sessionPaid())).status).toBe(200);
  expect(await stored()).toMatchObject({ status: "paid", announced: true, customerId: "customer-1", traceparent });
  expect(events.published).toHaveLength(1);
});

test.each([
  ["other_session", { id: "cs_other" }],
  ["other_amount", { amount_total: 1 }],
  ["other_currency", { currency: "usd" }],
])("money that is not the forgotten payment's (%s) is put aside", async (reason, changes) => {
  const { send, staff, events } = await emptied("nothing");
  expect((await send(sessionPaid("order-1", changes))).status).toBe(200);
  expect((await staff.listMoney({})).putAside).toMatchObject([{ reason, orderId: "order-1" }]);
  expect(events.published).toEqual([]);
});

test("where the provider itself took something else for a forgotten payment, it is put aside, and the payment is open", async () => {
  const { send, staff, checkout, stored } = await emptied("nothing");
  checkout.pay("order-1", { amount: 1, currency: "eur" });
  expect((await send(sessionPaid("order-1", { amount_total: 1 }))).status).toBe(200);
  expect((await staff.listMoney({})).putAside).toMatchObject([{ reason: "other_amount" }]);
  expect(await stored()).toMatchObject({ status: "open" });
});

test("the end of a session that the store has forgotten ends its order", async () => {
  const { send, orders } = await emptied("expired");
  expect((await send(expired)).status).toBe(200);
  expect(orders.closed).toEqual([["order-1", "expired"]]);
});

test("a session that asks for something else is not taken for the one of an order that has none yet", async () => {
  const { send, staff, orders, checkout, stored } = await emptied("paid");
  orders.known.set("order-1", knownOrder());
  const session = checkout.found.get("cs_order-1");
  if (session) session.total = { amount: 1, currency: "eur" };
  expect((await send(expired)).status).toBe(200);
  expect((await send(sessionPaid("order-1", { amount_total: 1 }))).status).toBe(200);
  expect([await stored(), orders.closed]).toEqual([undefined, []]);
  expect((await staff.listMoney({})).putAside).toMatchObject([{ reason: "unknown_order" }]);
});

test("an order that comes again after its store was emptied gets the same session", async () => {
  const { deliver, orders, checkout } = await emptied("nothing");
  expect(await deliver()).toBe("done");
  expect(checkout.found.size).toBe(1);
  expect(new Set(orders.links.map(([, link]) => link)).size).toBe(1);
});

test("while the order service is away, news of a forgotten payment are sent again", async () => {
  const { send, orders } = await emptied("paid");
  orders.find = () => Promise.reject(new AppError("unavailable", "away"));
  expect((await send(sessionPaid())).status).toBe(503);
  expect((await send(expired)).status).toBe(503);
});
