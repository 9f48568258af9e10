import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { secretKey, standin, wish } from "./testing.ts";

let it: Awaited<ReturnType<typeof standin>>;
beforeAll(async () => {
  it = await standin();
});
afterAll(() => it.close());

const open = (changes: object = {}, idempotencyKey?: string) =>
  it.stripe.checkout.sessions.create(
    { ...wish, ...changes },
    {
      ...(idempotencyKey && { idempotencyKey }),
    },
  );

/** The error that Stripe's client makes of the stand-in's answer. */
async function refusal(asked: Promise<unknown>): Promise<InstanceType<typeof Stripe.errors.StripeError>> {
  const error = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Stripe.errors.StripeError) return error;
  throw new Error("Stripe's client saw no refusal", { cause: error });
}

describe("a checkout session", () => {
  test("is opened with its total, and is found again", async () => {
    const session = await open();
    expect(session).toMatchObject({
      object: "checkout.session",
      amount_total: 1250,
      currency: "eur",
      status: "open",
      payment_status: "unpaid",
      payment_intent: null,
      client_reference_id: "order-1",
      metadata: { orderId: "order-1" },
      url: `${it.origin}/pay/${session.id}`,
    });
    expect(session.expires_at - session.created).toBe(24 * 60 * 60);
    expect(await it.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ id: session.id, status: "open" });
  });

  test("is opened with as many lines as Stripe takes", async () => {
    const line = { quantity: 1, price_data: { currency: "eur", unit_amount: 100, product_data: { name: "Soup" } } };
    expect(await open({ line_items: Array(100).fill(line) })).toMatchObject({ amount_total: 10_000 });
    expect(await refusal(open({ line_items: Array(101).fill(line) }))).toMatchObject({ param: "line_items" });
  });

  test("that is open can be expired, once, and then no longer be paid", async () => {
    const session = await open();
    expect(await it.stripe.checkout.sessions.expire(session.id)).toMatchObject({ status: "expired", url: null });
    expect((await it.press(`${it.origin}/pay/${session.id}`, "pay")).status).toBe(409);
    expect(await refusal(it.stripe.checkout.sessions.expire(session.id))).toMatchObject({ statusCode: 400 });
    expect(await it.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ payment_status: "unpaid" });
  });

  test("that does not exist is a missing resource", async () => {
    expect(await refusal(it.stripe.checkout.sessions.retrieve("cs_test_none"))).toMatchObject({
      type: "StripeInvalidRequestError",
      statusCode: 404,
      code: "resource_missing",
    });
  });

  test.each([
    ["a quantity of 0", { line_items: [{ ...wish.line_items[0], quantity: 0 }] }, "line_items[0][quantity]"],
    ["no lines", { line_items: [] }, "line_items"],
    ["a script as address", { success_url: "javascript:alert(1)" }, "success_url"],
    ["an unknown parameter", { colour: "blue" }, "colour"],
    [
      "two currencies",
      { line_items: [wish.line_items[0], { quantity: 1, price: "price_bread_50_usd" }] },
      "line_items",
    ],
    ["a price that does not exist", { line_items: [{ quantity: 1, price: "price_none" }] }, "price"],
    ["an end in a minute", { expires_at: Math.floor(Date.now() / 1000) + 60 }, "expires_at"],
  ])("with %s is refused with the parameter's name", async (_name, changes, param) => {
    expect(await refusal(open(changes))).toMatchObject({ type: "StripeInvalidRequestError", param });
  });
});

describe("an idempotency key", () => {
  test("gives the same request the same answer", async () => {
    const first = await open({}, "key-1");
    const again = await open({}, "key-1");
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect((await open({}, "key-2")).id).not.toBe(first.id);
  });

  test("with other parameters is an idempotency error", async () => {
    await open({}, "key-3");
    expect(await refusal(open({ client_reference_id: "order-2" }, "key-3"))).toMatchObject({
      type: "StripeIdempotencyError",
      statusCode: 400,
    });
  });

  test("of a refused request is not used up", async () => {
    await refusal(open({ line_items: [] }, "key-4"));
    expect(await open({}, "key-4")).toMatchObject({ status: "open" });
  });
});

test.each([
  ["before", 500, 0],
  ["after", 500, 1],
  ["before", 402, 0],
] as const)("an error (%s it had its effect, %d) is the answer to its key for a day", async (at, status, made) => {
  let fails = true;
  let time = Date.now();
  const own = await standin({ trouble: () => (fails ? { at, status } : undefined), now: () => time });
  onTestFinished(own.close);
  const ask = (idempotencyKey: string) => own.stripe.checkout.sessions.create(wish, { idempotencyKey });
  expect(await refusal(ask("key"))).toMatchObject({ statusCode: status });
  fails = false;
  const again = await refusal(ask("key"));
  expect(again).toMatchObject({ statusCode: status, headers: { "idempotent-replayed": "true" } });
  expect((await own.stripe.checkout.sessions.list()).data).toHaveLength(made);
  expect(await ask("key-2")).toMatchObject({ status: "open" });
  time += 24 * 60 * 60_000;
  expect(await ask("key")).toMatchObject({ status: "open" });
});

test("who knows the key lets every second new call fail, before and after its effect and as refused in turn, and ends it", async () => {
  const own = await standin();
  onTestFinished(own.close);
  const ask = (idempotencyKey: string) =>
    own.stripe.checkout.sessions.create(wish, { idempotencyKey }).then(
      () => 200,
      (error: InstanceType<typeof Stripe.errors.StripeError>) => error.statusCode,
    );
  await own.control("/troubles", { every: "2" });
  // A key that was used before is no new call.
  const keys = ["1", "2", "2", "3", "4", "5", "6", "6"];
  const answers: unknown[] = [];
  for (const key of keys) answers.push(await ask(key));
  expect(answers).toEqual([200, 500, 500, 200, 500, 200, 402, 402]);
  expect((await own.stripe.checkout.sessions.list()).data).toHaveLength(4);
  await own.control("/troubles", { every: "0" });
  expect([await ask("7"), await ask("8")]).toEqual([200, 200]);
});

test.each([
  [1, "amount_too_small"],
  [49, "amount_too_small"],
  [100_000_000, "amount_too_large"],
])("a total of %d is no payment", async (amount, code) => {
  const of = (unit_amount: number, quantity: number) => [
    { quantity, price_data: { currency: "eur", unit_amount, product_data: { name: "Soup" } } },
  ];
  const line_items = amount > 1_000 ? of(amount / 10, 10) : of(amount, 1);
  expect(await refusal(open({ line_items }))).toMatchObject({ statusCode: 400, code });
});

test.each([
  ["gbp", 29, { code: "amount_too_small" }],
  ["huf", 17_499, { code: "amount_too_small" }],
  ["jpy", 100_000_000, { code: "amount_too_large" }],
  ["kwd", 1_505, { param: "line_items" }],
  ["isk", 150_050, { param: "line_items" }],
])("a currency has limits of its own, and may not count so finely: %s %d", async (currency, amount, refused) => {
  const line = (unit_amount: number, quantity: number) => [
    { quantity, price_data: { currency, unit_amount, product_data: { name: "Soup" } } },
  ];
  const line_items = amount > 99_999_999 ? line(amount / 10, 10) : line(amount, 1);
  expect(await refusal(open({ line_items }))).toMatchObject({ statusCode: 400, ...refused });
});

test("a refund is not finer than the currency's banks count", async () => {
  const own = await standin();
  onTestFinished(own.close);
  const dinars = { currency: "kwd", unit_amount: 1_500, product_data: { name: "Soup" } };
  const session = await own.stripe.checkout.sessions.create({
    ...wish,
    line_items: [{ quantity: 1, price_data: dinars }],
  });
  await own.press(String(session.url), "pay");
  const { payment_intent } = await own.stripe.checkout.sessions.retrieve(session.id);
  const refund = (amount: number) => own.stripe.refunds.create({ payment_intent: String(payment_intent), amount });
  expect(await refusal(refund(1_005))).toMatchObject({ statusCode: 400, param: "amount" });
  expect(await refund(1_010)).toMatchObject({ amount: 1_010 });
});

test("a request without the key is refused", async () => {
  const ask = (authorization?: string) =>
    fetch(`${it.origin}/v1/prices/price_soup_950_eur`, { headers: { ...(authorization && { authorization }) } });
  for (const wrong of [undefined, "Bearer sk_test_other", secretKey]) {
    const answer = await ask(wrong);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({
      error: { type: "invalid_request_error", message: "Invalid API Key provided." },
    });
  }
  expect((await ask(`Bearer ${secretKey}`)).status).toBe(200);
});

test("a price says itself what it is worth", async () => {
  expect(await it.stripe.prices.retrieve("price_onion_soup_950_eur")).toMatchObject({
    object: "price",
    unit_amount: 950,
    currency: "eur",
    nickname: "onion soup",
  });
  expect(await refusal(it.stripe.prices.retrieve("price_none"))).toMatchObject({ code: "resource_missing" });
});

describe("a refund", () => {
  async function paid() {
    const { id } = await open();
    await it.press(`${it.origin}/pay/${id}`, "pay");
    return String((await it.stripe.checkout.sessions.retrieve(id)).payment_intent);
  }

  test("gives back what was paid, once", async () => {
    const payment_intent = await paid();
    expect(await it.stripe.refunds.create({ payment_intent })).toMatchObject({ amount: 1250, status: "succeeded" });
    expect(await refusal(it.stripe.refunds.create({ payment_intent }))).toMatchObject({
      code: "charge_already_refunded",
    });
  });

  test("never gives back more than what is left", async () => {
    const payment_intent = await paid();
    expect(await it.stripe.refunds.create({ payment_intent, amount: 1000 })).toMatchObject({ amount: 1000 });
    expect(await refusal(it.stripe.refunds.create({ payment_intent, amount: 251 }))).toMatchObject({ param: "amount" });
  });

  test("with the same idempotency key is one refund", async () => {
    const payment_intent = await paid();
    const ask = () =>
      it.stripe.refunds.create({ payment_intent, amount: 100 }, { idempotencyKey: `refund-${payment_intent}` });
    expect((await ask()).id).toBe((await ask()).id);
    expect(await it.stripe.refunds.create({ payment_intent })).toMatchObject({ amount: 1150 });
  });

  test("of a payment that does not exist is a missing resource", async () => {
    expect(await refusal(it.stripe.refunds.create({ payment_intent: "pi_none" }))).toMatchObject({ statusCode: 404 });
  });
});
