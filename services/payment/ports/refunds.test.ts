import { afterEach, expect, test } from "vitest";
import { AppError } from "#common/errors";
import { refundStateOf, statusOf } from "../testing/client.ts";
import { paidOrder, stopListening, waiting } from "../testing/waiting.ts";

afterEach(stopListening);

const eur = (amount: number) => ({ amount: BigInt(amount), currency: "eur" });

/** A paid order, and how a refund of it is answered. */
async function refunding() {
  const parts = await paidOrder();
  const refund = async (refundId: string, amount?: number) => {
    const answer = await parts.client.refundPayment({
      orderId: "order-1",
      refundId,
      ...(amount !== undefined && { amount: eur(amount) }),
    });
    return [statusOf(answer), refundStateOf(answer)];
  };
  return { ...parts, refund };
}

test("parts of a payment go back one by one, until nothing is left", async () => {
  const { refund, checkout } = await refunding();
  expect(await refund("a", 500)).toEqual(["PAID", "SUCCEEDED"]);
  expect(await refund("b", 300)).toEqual(["PAID", "SUCCEEDED"]);
  await expect(refund("c", 401)).rejects.toThrow("Only €4.00 of €12.00 are left to be given back");
  expect(await refund("d")).toEqual(["REFUNDED", "SUCCEEDED"]);
  await expect(refund("e", 1)).rejects.toMatchObject({ kind: "conflict" });
  expect(checkout.refunds.map(({ id, amount }) => [id, amount])).toEqual([
    ["a", 500],
    ["b", 300],
    ["d", 400],
  ]);
});

test("the same id is the same refund, however often, by however many and with whatever amount it is asked", async () => {
  const { refund, checkout } = await refunding();
  await Promise.all([refund("a", 500), refund("a", 500), refund("a", 700)]);
  expect(await refund("a", 500)).toEqual(["PAID", "SUCCEEDED"]);
  expect(checkout.refunds).toHaveLength(1);
});

test("of two who ask for too much together one is served", async () => {
  const { refund, checkout } = await refunding();
  const asked = await Promise.allSettled([refund("a", 800), refund("b", 800)]);
  expect(asked.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(checkout.refunds).toMatchObject([{ amount: 800 }]);
});

test("a refund is under way until the provider says how it ends", async () => {
  const { refund, checkout, stored } = await refunding();
  checkout.begin = "refunding";
  expect(await refund("a", 500)).toEqual(["PAID", "REFUNDING"]);
  expect(await refund("b")).toEqual(["REFUNDING", "REFUNDING"]);
  for (const { providerId } of checkout.refunds) checkout.endRefund(providerId, "succeeded");
  expect(await refund("a", 500)).toEqual(["REFUNDED", "SUCCEEDED"]);
  expect(await refund("b")).toEqual(["REFUNDED", "SUCCEEDED"]);
  expect(await stored()).toMatchObject({ status: "refunded", refunds: [{ id: "a" }, { id: "b" }] });
});

test("a refund that failed stays failed under its id, and is made under another", async () => {
  const { refund, checkout, stored } = await refunding();
  checkout.begin = "refunding";
  await refund("a");
  checkout.endRefund("re_1", "failed", "lost_or_stolen_card");
  checkout.begin = "succeeded";
  expect(await refund("a")).toEqual(["PAID", "FAILED"]);
  expect(await stored()).toMatchObject({ refunds: [{ id: "a", state: "failed", failure: "lost_or_stolen_card" }] });
  expect(await refund("b")).toEqual(["REFUNDED", "SUCCEEDED"]);
  expect(checkout.refunds).toHaveLength(2);
});

test("money that was back and comes to the shop again makes the payment a paid one, which is not announced", async () => {
  const { refund, checkout, tell, stored, client, events } = await refunding();
  await refund("a");
  checkout.endRefund("re_1", "failed");
  await tell("refund.failed");
  expect(await stored()).toMatchObject({ status: "paid", announced: true });
  const { payments } = await client.getPayments({ orderIds: ["order-1"] });
  expect(statusOf({ payment: payments[0] })).toBe("PAID");
  expect(events.published).toHaveLength(1);
});

test("what the provider refuses for good has failed, in its word, and is not asked for again", async () => {
  const { refund, checkout, stored } = await refunding();
  const { refund: real } = checkout;
  checkout.refund = async () => {
    checkout.refunded++;
    throw new AppError("invalid", "charge_expired_for_refunds");
  };
  expect(await refund("a")).toEqual(["PAID", "FAILED"]);
  expect(await refund("a")).toEqual(["PAID", "FAILED"]);
  expect(checkout.refunded).toBe(1);
  expect(await stored()).toMatchObject({ refunds: [{ state: "failed", failure: "charge_expired_for_refunds" }] });
  checkout.refund = real;
  expect(await refund("b")).toEqual(["REFUNDED", "SUCCEEDED"]);
});

test.each(["before", "after"] as const)(
  "an old error that the provider answers a key with is got over by the next (%s it was made), stored with the payment",
  async (at) => {
    const { refund, checkout, stored } = await refunding();
    checkout.broken = [at];
    await expect(refund("a", 500)).rejects.toMatchObject({ kind: "unavailable" });
    expect(await refund("a", 500)).toEqual(["PAID", "SUCCEEDED"]);
    expect(checkout.refunds).toMatchObject([{ amount: 500 }]);
    expect(await stored()).toMatchObject({ refunds: [{ attempt: at === "before" ? 2 : 1, providerId: "re_1" }] });
  },
);

test("what was given back by hand is counted: all there is means the rest", async () => {
  const { refund, checkout, stored } = await refunding();
  checkout.refundByHand("pi_1", 200);
  expect(await refund("a")).toEqual(["REFUNDED", "SUCCEEDED"]);
  expect(checkout.refunds.map(({ amount }) => amount)).toEqual([200, 1000]);
  expect(await stored()).toMatchObject({ refunds: [{ id: "re_1" }, { id: "a" }] });
});

test("where somebody gives it back by hand at the same moment, nothing is given back twice, and nothing has failed", async () => {
  const { refund, checkout, stored } = await refunding();
  const { refund: real } = checkout;
  checkout.refund = async (wish) => {
    checkout.refund = real;
    checkout.refundByHand("pi_1", 1200);
    return real(wish);
  };
  expect(await refund("a")).toEqual(["REFUNDED", "SUCCEEDED"]);
  expect(await stored()).toMatchObject({ refunds: [{ id: "re_1", state: "succeeded" }] });
  expect(checkout.refunds).toHaveLength(1);
});

test("an order service of the version before, which names neither amount nor id, has all of it given back, once", async () => {
  const { client, checkout } = await refunding();
  const ask = () => client.refundPayment({ orderId: "order-1", checkoutSessionId: "cs_order-1" });
  expect(statusOf(await ask())).toBe("REFUNDED");
  expect(statusOf(await ask())).toBe("REFUNDED");
  expect(checkout.refunds).toMatchObject([{ id: "refund-order-1", amount: 1200 }]);
});

test("a store that forgot the payment learns its refunds again, and gives no more than is left", async () => {
  const { refund, checkout, orders } = await refunding();
  await refund("a", 500);
  const { client } = await waiting({ checkout, orders, deliver: false });
  const ask = { orderId: "order-1", checkoutSessionId: "cs_order-1" };
  expect(refundStateOf(await client.refundPayment({ ...ask, refundId: "a", amount: eur(500) }))).toBe("SUCCEEDED");
  await expect(client.refundPayment({ ...ask, refundId: "b", amount: eur(701) })).rejects.toThrow("Only €7.00");
  expect(checkout.refunds).toHaveLength(1);
});

test("another currency, no amount at all and an id that is none are refused, and nothing is changed", async () => {
  const { client, checkout } = await refunding();
  const ask = (changes: object) => client.refundPayment({ orderId: "order-1", refundId: "a", ...changes });
  await expect(ask({ amount: { amount: 100n, currency: "usd" } })).rejects.toThrow("The payment was made in EUR");
  for (const amount of [0n, -5n]) {
    await expect(ask({ amount: { amount, currency: "eur" } })).rejects.toMatchObject({ kind: "invalid" });
  }
  await expect(ask({ refundId: "x".repeat(65) })).rejects.toMatchObject({ kind: "invalid" });
  expect(checkout.refunded).toBe(0);
});

test("a part of a payment that nobody made is nothing to give back", async () => {
  const { client } = await waiting();
  const answer = await client.refundPayment({ orderId: "order-1", refundId: "a", amount: eur(100) });
  expect([statusOf(answer), refundStateOf(answer)]).toEqual(["OPEN", "UNSPECIFIED"]);
});

test("a part is given back of the order that is named as the part's", async () => {
  const { client, checkout } = await paidOrder();
  await client.refundPayment({ partOfOrderId: "order-1", refundId: "a", amount: eur(200) });
  expect(checkout.refunds).toMatchObject([{ id: "a", amount: 200 }]);
});
