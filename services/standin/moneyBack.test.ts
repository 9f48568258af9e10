import { afterEach, describe, expect, test } from "vitest";
import { standin, wish } from "./testing.ts";
import { receiver } from "./testingReceiver.ts";

// A busy machine may take its time.
const patiently = { timeout: 20_000 };

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A payment of 12.50 eur by a means, and what the webhook is told of it. */
async function paid(means = "pay") {
  const webhook = await receiver();
  const it = await standin({ webhookUrl: webhook.url });
  closers.push(it.close, webhook.close);
  const { id } = await it.stripe.checkout.sessions.create(wish);
  const press = (action: string) => it.press(`${it.origin}/pay/${id}`, action);
  await press(means);
  const session = () => it.stripe.checkout.sessions.retrieve(id, { expand: ["payment_intent.latest_charge"] });
  const { payment_intent } = await it.stripe.checkout.sessions.retrieve(id);
  await expect.poll(webhook.told, patiently).toHaveLength(1);
  webhook.events.length = 0;
  return { ...it, press, session, told: webhook.told, payment_intent: String(payment_intent) };
}

describe("a refund", () => {
  test.each([
    ["succeeded", ["refund.updated succeeded"], 1250],
    ["failed", ["refund.failed failed", "refund.updated failed"], 0],
    ["canceled", ["refund.updated canceled"], 0],
  ])("may have no end for days, and then one (%s)", async (end, says, back) => {
    const { stripe, control, told, payment_intent } = await paid();
    await control("/refunds/begin", { status: "pending" });
    const { id, status } = await stripe.refunds.create({ payment_intent });
    expect(status).toBe("pending");
    await expect.poll(told, patiently).toEqual(["charge.refunded succeeded", "refund.created pending"]);
    expect(await stripe.refunds.retrieve(id)).toMatchObject({ status: "pending", amount: 1250 });
    await control(`/refunds/${id}`, { status: end });
    await expect.poll(told, patiently).toEqual(["charge.refunded succeeded", "refund.created pending", ...says].sort());
    const intent = await stripe.paymentIntents.retrieve(payment_intent, { expand: ["latest_charge"] });
    expect(intent.latest_charge).toMatchObject({ amount_refunded: back, refunded: back === 1250 });
  });

  test("that succeeded may be taken back, and is not taken back twice", async () => {
    const { stripe, control, payment_intent } = await paid();
    const { id } = await stripe.refunds.create({ payment_intent, amount: 250 });
    await control(`/refunds/${id}`, { status: "failed" });
    expect(await stripe.refunds.retrieve(id)).toMatchObject({ status: "failed", failure_reason: expect.any(String) });
    await expect(control(`/refunds/${id}`, { status: "succeeded" })).rejects.toThrow("has failed");
    expect(await stripe.refunds.create({ payment_intent })).toMatchObject({ amount: 1250 });
  });

  test("may fail at once, and leaves the money to be given back by another", async () => {
    const { stripe, control, told, payment_intent } = await paid();
    await control("/refunds/begin", { status: "failed" });
    expect(await stripe.refunds.create({ payment_intent })).toMatchObject({ status: "failed" });
    await expect.poll(told, patiently).toContain("refund.failed failed");
    await control("/refunds/begin", { status: "succeeded" });
    expect(await stripe.refunds.create({ payment_intent })).toMatchObject({ amount: 1250, status: "succeeded" });
  });

  test("of the dashboard carries nothing of ours, and may be of a part", async () => {
    const { stripe, control, payment_intent } = await paid();
    await control("/refunds", { payment_intent, amount: "300" });
    const { data } = await stripe.refunds.list({ payment_intent });
    expect(data).toMatchObject([{ amount: 300, metadata: {}, payment_intent }]);
  });
});

describe("a dispute", () => {
  test("is listed with its payment, told, and keeps refunds off until it is won", async () => {
    const { stripe, control, told, payment_intent } = await paid();
    const { id } = await control("/disputes", { payment_intent, reason: "product_not_received" });
    await expect(stripe.refunds.create({ payment_intent })).rejects.toMatchObject({ code: "charge_disputed" });
    const { data } = await stripe.disputes.list({ payment_intent });
    expect(data).toMatchObject([{ id, amount: 1250, status: "needs_response", reason: "product_not_received" }]);
    await control(`/disputes/${id}`, { status: "under_review" });
    await control(`/disputes/${id}`, { status: "won" });
    const said = ["created needs_response", "updated under_review", "closed won"];
    await expect.poll(told, patiently).toHaveLength(3);
    expect(new Set(told())).toEqual(new Set(said.map((one) => `charge.dispute.${one}`)));
    await expect(control(`/disputes/${id}`, { status: "lost" })).rejects.toThrow("already closed");
    expect(await stripe.refunds.create({ payment_intent })).toMatchObject({ amount: 1250 });
  });

  test("that was lost may be won in the end, and not the other way round", async () => {
    const { stripe, control, payment_intent } = await paid();
    const { id } = await control("/disputes", { payment_intent });
    await control(`/disputes/${id}`, { status: "lost" });
    await expect(control(`/disputes/${id}`, { status: "under_review" })).rejects.toThrow("already closed");
    await control(`/disputes/${id}`, { status: "won" });
    expect((await stripe.disputes.list({ payment_intent })).data).toMatchObject([{ status: "won" }]);
    expect(await stripe.refunds.create({ payment_intent })).toMatchObject({ amount: 1250 });
  });
});

describe("a voucher", () => {
  test("completes its session unpaid, with a payment that waits for the customer", async () => {
    const { session, press } = await paid("voucher");
    const waits = { status: "complete", payment_status: "unpaid", payment_intent: { status: "requires_action" } };
    expect(await session()).toMatchObject(waits);
    await press("arrive");
    expect(await session()).toMatchObject({ payment_status: "paid" });
  });

  test("can be cancelled until it is paid, and is never paid then", async () => {
    const { stripe, press, session, payment_intent } = await paid("voucher");
    expect(await stripe.paymentIntents.cancel(payment_intent)).toMatchObject({ status: "canceled" });
    expect((await press("arrive")).status).toBe(409);
    expect(await session()).toMatchObject({ payment_status: "unpaid" });
    const other = await paid("slow");
    await expect(other.stripe.paymentIntents.cancel(other.payment_intent)).rejects.toThrow("status of processing");
  });
});

test("of nothing, nothing is taken: the session says that no payment was required", async () => {
  const { stripe, origin, press } = await paid();
  const free = { quantity: 1, price_data: { currency: "eur", unit_amount: 0, product_data: { name: "Water" } } };
  const { id } = await stripe.checkout.sessions.create({ ...wish, line_items: [free] });
  await press("pay");
  await fetch(`${origin}/pay/${id}`, {
    method: "POST",
    body: new URLSearchParams({ action: "pay" }),
    redirect: "manual",
  });
  const session = await stripe.checkout.sessions.retrieve(id);
  expect(session).toMatchObject({ status: "complete", payment_status: "no_payment_required", payment_intent: null });
});

test("the shop sees what became of a payment's money; of one that nobody made it sees nothing", async () => {
  const { origin, control, payment_intent } = await paid();
  await control("/refunds/begin", { status: "requires_action" });
  const { id } = await control("/refunds", { payment_intent, amount: "300" });
  const text = await (await fetch(`${origin}/payments/${payment_intent}`)).text();
  for (const shown of [payment_intent, id, "requires action", "€3.00", "€12.50"]) expect(text).toContain(shown);
  expect((await fetch(`${origin}/payments/pi_none`)).status).toBe(404);
});

test("messages come late or never where that is asked for", async () => {
  const waits: number[] = [];
  const wait = async (milliseconds: number) => void waits.push(milliseconds);
  const webhook = await receiver();
  const it = await standin({ webhookUrl: webhook.url, wait });
  closers.push(it.close, webhook.close);
  const pay = async () => {
    const { url } = await it.stripe.checkout.sessions.create(wish);
    await it.press(String(url), "pay");
  };
  await it.control("/webhooks", { mode: "never" });
  await pay();
  await it.control("/webhooks", { mode: "late" });
  await pay();
  await expect.poll(webhook.told, patiently).toHaveLength(1);
  expect(waits).toEqual([60_000]);
});

test("who does not know the key controls nothing", async () => {
  const { origin } = await paid();
  expect((await fetch(`${origin}/v1/standin/webhooks`, { method: "POST" })).status).toBe(401);
});

test("of what is lost nobody can say or do anything, and of its neighbours everything, until it is found again", async () => {
  const [lost, other] = [await paid(), await paid()];
  await lost.control("/lost", { ids: `cs_none,${lost.payment_intent}` });
  const failed = { statusCode: 500 };
  await expect(lost.stripe.paymentIntents.retrieve(lost.payment_intent)).rejects.toMatchObject(failed);
  await expect(lost.stripe.refunds.create({ payment_intent: lost.payment_intent })).rejects.toMatchObject(failed);
  expect(await other.stripe.paymentIntents.retrieve(other.payment_intent)).toMatchObject({ id: other.payment_intent });
  await lost.control("/lost", { ids: "" });
  expect(await lost.stripe.refunds.create({ payment_intent: lost.payment_intent })).toMatchObject({ amount: 1250 });
});
