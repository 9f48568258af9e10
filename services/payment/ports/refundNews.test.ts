import { afterEach, expect, test } from "vitest";
import { AppError } from "#common/errors";
import { refundStateOf, statusOf } from "../testing/client.ts";
import { sessionPaid } from "../testing/events.ts";
import { paidOrder, stopListening, unheardOrder } from "../testing/waiting.ts";

afterEach(stopListening);

const told = (refunds: ReadonlyMap<string, string>) => Object.fromEntries(refunds);

test.each(["charge.refunded", "refund.created", "refund.updated", "charge.refund.updated"])(
  "money that was given back in the dashboard is recorded, and the order is told (%s)",
  async (type) => {
    const { checkout, tell, orders, stored, client } = await paidOrder();
    checkout.refundByHand("pi_1", 300);
    expect((await tell(type)).status).toBe(200);
    expect(told(orders.refunds)).toEqual({ "order-1 re_1": "succeeded" });
    expect(await stored()).toMatchObject({ status: "paid", refunds: [{ id: "re_1", amount: 300 }] });
    checkout.refundByHand("pi_1", 900);
    await tell(type);
    expect(await stored()).toMatchObject({ status: "refunded" });
    await expect(client.announcePayment({ orderId: "order-1" })).rejects.toMatchObject({ kind: "conflict" });
  },
);

test("news that come again change nothing, and are told to nobody", async () => {
  const { checkout, tell, orders, metrics } = await paidOrder();
  checkout.refundByHand("pi_1", 300);
  for (let times = 0; times < 3; times++) await tell("charge.refunded");
  expect(orders.refundsTold).toBe(1);
  const shown = await metrics.registry.metrics();
  expect(shown).toMatch(/gorder_webhooks_total\{[^}]*type="charge.refunded",outcome="recorded"[^}]*\} 1\n/);
  expect(shown).toMatch(/gorder_webhooks_total\{[^}]*type="charge.refunded",outcome="repeated"[^}]*\} 2\n/);
});

test("the order hears of each step of a refund that it asked for: under way, back, and taken back", async () => {
  const { checkout, tell, client, orders } = await paidOrder();
  checkout.begin = "refunding";
  await client.refundPayment({ orderId: "order-1", refundId: "a" });
  await tell("refund.created");
  expect(told(orders.refunds)).toEqual({ "order-1 a": "refunding" });
  checkout.endRefund("re_1", "succeeded");
  await tell("refund.updated");
  expect(told(orders.refunds)).toEqual({ "order-1 a": "succeeded" });
  checkout.endRefund("re_1", "failed");
  await tell("refund.failed");
  expect(told(orders.refunds)).toEqual({ "order-1 a": "failed" });
});

test("while the order service is away the provider shall tell it again; then the order is told", async () => {
  const { checkout, tell, orders } = await paidOrder();
  checkout.refundByHand("pi_1", 300);
  orders.away = true;
  expect((await tell("charge.refunded")).status).toBe(503);
  orders.away = false;
  expect((await tell("charge.refunded")).status).toBe(200);
  expect(told(orders.refunds)).toEqual({ "order-1 re_1": "succeeded" });
});

test("an order that others keep changing is told once they let it, and not taken for told", async () => {
  const { checkout, tell, orders } = await paidOrder();
  checkout.refundByHand("pi_1", 300);
  const { recordRefunds } = orders;
  orders.recordRefunds = () => Promise.reject(new AppError("conflict", "Others keep changing this order. Try again."));
  expect((await tell("charge.refunded")).ok).toBe(false);
  orders.recordRefunds = recordRefunds;
  expect((await tell("charge.refunded")).status).toBe(200);
  expect(told(orders.refunds)).toEqual({ "order-1 re_1": "succeeded" });
});

test("an order service of the version before is told later, when it is of this one", async () => {
  let time = Date.now();
  const { checkout, tell, orders, service } = await paidOrder({ now: () => time });
  checkout.refundByHand("pi_1", 300);
  orders.listens = false;
  expect((await tell("charge.refunded")).status).toBe(200);
  orders.listens = true;
  time += 120_000;
  await service.app.attendAll();
  expect(told(orders.refunds)).toEqual({ "order-1 re_1": "succeeded" });
});

test("a dispute is recorded: its money is neither announced nor refunded, and how it ends is told", async () => {
  const { checkout, tell, orders, client, stored, staff } = await paidOrder();
  checkout.dispute("pi_1", 1200, "needs_response");
  await tell("charge.dispute.created");
  expect(told(orders.refunds)).toEqual({ "order-1 du_1": "refunding" });
  const answer = await client.refundPayment({ orderId: "order-1", refundId: "a" });
  expect([statusOf(answer), refundStateOf(answer)]).toEqual(["REFUNDING", "REFUNDING"]);
  expect((await staff.listMoney({})).disputes).toMatchObject([{ id: "du_1", status: "needs_response" }]);
  checkout.dispute("pi_1", 1200, "lost");
  await tell("charge.dispute.closed");
  expect(told(orders.refunds)).toEqual({ "order-1 du_1": "succeeded" });
  expect(await stored()).toMatchObject({ status: "refunded", disputes: [{ status: "lost" }] });
});

test("a dispute that was won leaves the payment as it was, and an inquiry takes nothing", async () => {
  const { checkout, tell, orders, stored } = await paidOrder();
  checkout.dispute("pi_1", 1200, "warning_needs_response", "du_2");
  await tell("charge.dispute.created");
  expect(orders.refundsTold).toBe(0);
  checkout.dispute("pi_1", 1200, "under_review");
  await tell("charge.dispute.updated");
  checkout.dispute("pi_1", 1200, "won");
  await tell("charge.dispute.closed");
  expect(told(orders.refunds)).toEqual({ "order-1 du_1": "failed" });
  expect(await stored()).toMatchObject({ status: "paid", announced: true });
});

test("news of another application's payment, or of none, are ignored", async () => {
  const { tell, orders, metrics } = await paidOrder();
  expect((await tell("charge.refunded", { payment_intent: "pi_of_others" })).status).toBe(200);
  expect((await tell("charge.refunded", { payment_intent: null })).status).toBe(200);
  expect(orders.refundsTold).toBe(0);
  expect(await metrics.registry.metrics()).toMatch(/type="charge.refunded",outcome="ignored"[^}]*\} 2\n/);
});

test.each([{ orderId: "order-2" }, { orderId: "4711" }, { orderId: "Müller || 7" }])(
  "a refund on which somebody else's tool wrote %j is of the order whose payment it gives back",
  async (metadata) => {
    const { checkout, tell, orders } = await paidOrder();
    checkout.refundByHand("pi_1", 300);
    expect((await tell("refund.created", { metadata })).status).toBe(200);
    expect(told(orders.refunds)).toEqual({ "order-1 re_1": "succeeded" });
  },
);

test.each([
  ["succeeded", "refunded"],
  ["refunding", "paid"],
] as const)(
  "money that is given back (%s) before anybody told of its payment is recorded, and the payment never announced",
  async (state, status) => {
    const { checkout, tell, send, orders, events, stored } = await unheardOrder();
    checkout.begin = state;
    checkout.pay("order-1");
    checkout.refundByHand("pi_1", 500);
    checkout.refundByHand("pi_1", 700);
    expect((await tell("charge.refunded")).status).toBe(200);
    expect(told(orders.refunds)).toEqual({ "order-1 re_1": state, "order-1 re_2": state });
    expect((await send(sessionPaid())).status).toBe(200);
    expect(await stored()).toMatchObject({ status });
    expect(events.published).toEqual([]);
  },
);

test("a dispute that was lost and is won after all is told as money that the shop has again", async () => {
  const { checkout, tell, orders, stored } = await paidOrder();
  for (const status of ["needs_response", "lost", "won"]) {
    checkout.dispute("pi_1", 1200, status);
    await tell("charge.dispute.closed");
  }
  expect(told(orders.refunds)).toEqual({ "order-1 du_1": "failed" });
  expect(await stored()).toMatchObject({ status: "paid", announced: true, disputes: [{ status: "won" }] });
});

test("a refund whose messages never come is noticed all the same, after a minute, and not looked at every second", async () => {
  let time = Date.now();
  const { checkout, client, orders, service } = await paidOrder({ now: () => time });
  checkout.begin = "refunding";
  await client.refundPayment({ orderId: "order-1", refundId: "a" });
  checkout.endRefund("re_1", "succeeded");
  await service.app.attendAll();
  expect(orders.refundsTold).toBe(0);
  time += 120_000;
  await service.app.attendAll();
  expect(told(orders.refunds)).toEqual({ "order-1 a": "succeeded" });
  const { givenBack } = checkout;
  let asked = 0;
  checkout.givenBack = (paymentId) => {
    asked++;
    return givenBack(paymentId);
  };
  for (let times = 0; times < 3; times++) await service.app.attendAll();
  expect(asked).toBe(0);
});

test("a refund that was decided and not made, as its process died, is made by whoever looks next", async () => {
  let time = Date.now();
  const { checkout, client, service } = await paidOrder({ now: () => time });
  const { refund } = checkout;
  checkout.refund = () => Promise.reject(new Error("died"));
  await expect(client.refundPayment({ orderId: "order-1", refundId: "a" })).rejects.toThrow();
  checkout.refund = refund;
  time += 120_000;
  await service.app.attendAll();
  expect(checkout.refunds).toMatchObject([{ id: "a", amount: 1200 }]);
});
