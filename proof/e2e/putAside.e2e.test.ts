import { randomUUID } from "node:crypto";
import Stripe from "stripe";
import { expect, inject, onTestFinished, test } from "vitest";
import { askRedis } from "#common/testing/redis";
import { runningStack } from "../../dev/stack/state.ts";
import { newRequestId, signIn } from "./staffMember.ts";

const stack = inject("stack");

/** The provider's message that an order was paid of which nobody here knows. */
async function strangeMoney(eventId: string): Promise<number> {
  const orderId = `order-${eventId}`;
  const session = {
    id: `cs_${eventId}`,
    object: "checkout.session",
    payment_status: "paid",
    amount_total: 1199,
    currency: "eur",
    payment_intent: `pi_${eventId}`,
    metadata: { app: "gorder", gorder_order_id: orderId, orderId },
  };
  const created = Math.floor(Date.now() / 1000);
  const type = "checkout.session.completed";
  const payload = JSON.stringify({ id: eventId, object: "event", type, created, data: { object: session } });
  const secret = stack.stripeWebhookSecret.split(",")[0] ?? "";
  const headers = {
    "content-type": "application/json",
    "stripe-signature": Stripe.webhooks.generateTestHeaderString({ payload, secret }),
  };
  const response = await fetch(`${stack.apps.payment.url}/api/stripe/webhook`, {
    method: "POST",
    headers,
    body: payload,
  });
  await response.arrayBuffer();
  return response.status;
}

test("money that matches no order is there until somebody has decided, also after Redis was emptied", async () => {
  const owner = await signIn(stack.apps.staff.url, "olga");
  const [kept, other] = [`evt_${randomUUID()}a`, `evt_${randomUUID()}A`];
  for (const id of [kept, other]) expect(await strangeMoney(id)).toBe(200);
  const listed = async () => JSON.stringify((await owner.call("ListMoney", {})).body);
  await askRedis(stack.redis, ["FLUSHALL"]);
  await expect.poll(listed).toContain(kept);
  expect(await strangeMoney(kept), "the provider's repeat").toBe(200);

  const decision = { requestId: newRequestId(), reason: "a test", eventId: kept, dismiss: {} };
  expect(await owner.call("ResolvePutAside", decision)).toMatchObject({ status: 200 });
  await askRedis(stack.redis, ["FLUSHALL"]);
  const left = await listed();
  expect(left).not.toContain(kept);
  expect(left).toContain(other);
  expect((await owner.call("ResolvePutAside", decision)).status, "the same act again").toBe(200);
  const acts = async () => (await owner.call("SearchActs", { filter: { target: kept } })).body.records;
  const act = { id: decision.requestId, subject: "olga", action: "put_aside.dismiss" };
  await expect.poll(acts).toMatchObject([act]);
  const again = { requestId: newRequestId(), reason: "a test", eventId: other, dismiss: {} };
  expect(await owner.call("ResolvePutAside", again)).toMatchObject({ status: 200 });
});

test("while MySQL does not answer, such money is not acknowledged, and nothing is done that cannot be recorded", async () => {
  const owner = await signIn(stack.apps.staff.url, "olga");
  const eventId = `evt_${randomUUID()}`;
  const discard = { requestId: newRequestId(), reason: "a test", queue: "order-order.paid", eventIds: [randomUUID()] };
  const pid = runningStack(stack.dataFolder)?.pids.mysql ?? Number.NaN;
  process.kill(pid, "SIGSTOP");
  onTestFinished(() => void process.kill(pid, "SIGCONT"));
  const [webhook, act] = await Promise.all([strangeMoney(eventId), owner.call("DiscardDeadLetters", discard)]);
  expect(webhook).toBeGreaterThanOrEqual(500);
  expect(act).toMatchObject({ status: 503, body: { message: expect.stringContaining("not done") } });
  process.kill(pid, "SIGCONT");
  await expect.poll(() => strangeMoney(eventId)).toBe(200);
  await expect.poll(async () => JSON.stringify((await owner.call("ListMoney", {})).body)).toContain(eventId);
  await expect.poll(async () => (await owner.call("DiscardDeadLetters", discard)).body).toEqual({});
  const acts = async () =>
    JSON.stringify((await owner.call("SearchActs", { filter: { action: "dead_letters.discard" } })).body);
  await expect.poll(acts).toContain(discard.requestId);
});

test("a cook who calls what is the owner's is found in the audit", async () => {
  const [owner, cook] = [await signIn(stack.apps.staff.url, "olga"), await signIn(stack.apps.staff.url, "carla")];
  expect((await cook.call("ListMoney", {})).status).toBe(403);
  const refusals = async () =>
    (await owner.call("SearchActs", { filter: { subject: "carla", action: "role.refuse" } })).body.records;
  // One of each ten minutes: what another test kept her from is counted in it too.
  const refusal = expect.objectContaining({ subject: "carla", refusal: expect.stringContaining("cook") });
  await expect.poll(refusals).toContainEqual(refusal);
});
