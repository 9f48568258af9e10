import { afterEach, describe, expect, test } from "vitest";
import { silentLogger } from "#common/logging";
import type { Trouble } from "../../standin/api.ts";
import { secretKey, standin } from "../../standin/testing.ts";
import type { OrderToPay } from "../app/services.ts";
import { stripeCheckout } from "./stripeCheckout.ts";
import { stripeClient } from "./stripeClient.ts";

const order: OrderToPay = {
  orderId: "order-1",
  customerId: "customer-1",
  items: [{ name: "Soup", quantity: 2, unitPrice: { amount: 600, currency: "eur" }, stripePriceId: "" }],
  total: { amount: 1200, currency: "eur" },
  traceparent: "",
  placedAt: new Date(),
};

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A stand-in whose requests fail as the test says, and a checkout that calls it once a try. */
async function troubled() {
  let trouble: ReturnType<Trouble>;
  const it = await standin({ trouble: () => trouble });
  closers.push(it.close);
  const checkout = stripeCheckout({
    stripe: stripeClient({ secretKey, apiUrl: it.origin, timeoutMs: 5_000, retries: 0 }),
    publicUrl: "http://127.0.0.1:8080",
    pricesFromStripe: false,
    logger: silentLogger,
  });
  const fail = (how: ReturnType<Trouble>) => {
    trouble = how;
  };
  return { ...it, checkout, fail };
}

const times = [
  ["before", 500],
  ["after", 500],
  ["before", 402],
] as const;

describe("an error that the provider answers a key with for a day", () => {
  test.each(times)("does not keep an order from its one session (%s it was made, %i)", async (at, status) => {
    const { checkout, stripe, fail } = await troubled();
    fail({ at, status });
    await expect(checkout.open(order)).rejects.toMatchObject({ kind: "unavailable" });
    fail(undefined);
    const [first, second] = await Promise.all([checkout.open(order), checkout.open(order)]);
    expect(second).toEqual(first);
    expect((await stripe.checkout.sessions.list()).data).toHaveLength(1);
  });

  test.each(times)("does not keep money from going back, once (%s it went, %i)", async (at, status) => {
    const { checkout, stripe, press, fail } = await troubled();
    const session = await checkout.open(order);
    await press(session.url, "pay");
    const state = (await checkout.find(session.id))?.state;
    if (state?.status !== "paid") throw new Error(state?.status);
    const wish = (attempt: number) => {
      const { paymentId } = state.confirmation;
      return { orderId: "order-1", paymentId, refund: { id: "one", amount: 1200, attempt } };
    };
    fail({ at, status });
    await expect(checkout.refund(wish(1))).rejects.toMatchObject({ kind: "unavailable" });
    fail(undefined);
    const again = await checkout.refund(wish(1));
    if (at === "after") expect(again).toMatchObject({ id: "one", state: "succeeded" });
    else {
      expect(again).toBe("spent");
      expect(await checkout.refund(wish(2))).toMatchObject({ id: "one", state: "succeeded" });
    }
    expect((await stripe.refunds.list()).data).toMatchObject([{ amount: 1200 }]);
  });

  test("however often it came, does not keep an order from its session", async () => {
    const { checkout, fail } = await troubled();
    fail({ at: "before", status: 500 });
    for (let tries = 0; tries < 7; tries++) {
      await expect(checkout.open(order)).rejects.toMatchObject({ kind: "unavailable" });
    }
    fail(undefined);
    expect(await checkout.open(order)).toEqual(await checkout.open(order));
  });

  test("a key that was used with other parameters, as by a version before, does not keep an order from its session", async () => {
    const { checkout, stripe } = await troubled();
    const { id } = await checkout.open(order);
    await stripe.checkout.sessions.expire(id);
    const renamed = { ...order, customerId: "customer-1-as-it-is-called-now" };
    const [first, second] = [await checkout.open(renamed), await checkout.open(renamed)];
    expect(first.id).not.toBe(id);
    expect(second).toEqual(first);
  });
});
