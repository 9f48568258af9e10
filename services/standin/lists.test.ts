import { afterAll, beforeAll, expect, test } from "vitest";
import { standin, wish } from "./testing.ts";

let time = Date.now();
let it: Awaited<ReturnType<typeof standin>>;
const opened: string[] = [];
beforeAll(async () => {
  it = await standin({ now: () => time });
  for (let count = 0; count < 25; count++) {
    opened.push((await it.stripe.checkout.sessions.create(wish)).id);
    time += 1_000;
  }
});
afterAll(() => it.close());

const newestFirst = () => opened.toReversed();

test("a list has ten objects, newest first, and says whether there are more", async () => {
  const { data, has_more } = await it.stripe.checkout.sessions.list();
  expect([data.map(({ id }) => id), has_more]).toEqual([newestFirst().slice(0, 10), true]);
});

test("Stripe's own client walks through all pages, forward and backward", async () => {
  const forward: string[] = [];
  for await (const { id } of it.stripe.checkout.sessions.list({ limit: 7 })) forward.push(id);
  expect(forward).toEqual(newestFirst());
  const last = opened[0] ?? "";
  const backward: string[] = [];
  for await (const { id } of it.stripe.checkout.sessions.list({ limit: 7, ending_before: last })) backward.push(id);
  expect(backward).toEqual(opened.slice(1));
});

test.each([
  ["status", { status: "open" as const }, 25],
  ["another status", { status: "expired" as const }, 0],
  ["a payment", { payment_intent: "pi_none" }, 0],
])("a list can be of %s alone", async (_name, filter, count) => {
  const { data } = await it.stripe.checkout.sessions.list({ ...filter, limit: 100 });
  expect(data).toHaveLength(count);
});

test("a list can be of a time alone", async () => {
  const middle = (await it.stripe.checkout.sessions.retrieve(opened[12] ?? "")).created;
  const of = async (created: object) =>
    (await it.stripe.checkout.sessions.list({ created, limit: 100 })).data.map(({ id }) => id);
  expect(await of({ gte: middle })).toEqual(newestFirst().slice(0, 13));
  expect(await of({ lt: middle })).toEqual(newestFirst().slice(13));
});

test("refunds are listed, all of them or a payment's", async () => {
  const intents: string[] = [];
  for (const id of opened.slice(0, 2)) {
    await it.press(`${it.origin}/pay/${id}`, "pay");
    intents.push(String((await it.stripe.checkout.sessions.retrieve(id)).payment_intent));
  }
  for (const payment_intent of intents) await it.stripe.refunds.create({ payment_intent, metadata: { orderId: "o" } });
  expect((await it.stripe.refunds.list()).data).toHaveLength(2);
  const [, payment_intent = ""] = intents;
  const { data } = await it.stripe.refunds.list({ payment_intent });
  expect(data).toMatchObject([
    { object: "refund", payment_intent, amount: 1250, currency: "eur", metadata: { orderId: "o" } },
  ]);
});

test.each([
  ["a limit of 101", { limit: 101 }],
  ["a limit of 0", { limit: 0 }],
  ["a start that is not there", { starting_after: "cs_test_none" }],
])("%s is refused", async (_name, params) => {
  await expect(it.stripe.checkout.sessions.list(params)).rejects.toMatchObject({ type: "StripeInvalidRequestError" });
});
