import { describe, expect, test } from "vitest";
import { paymentLink, waitingOrder } from "../../testing/app.ts";

describe("payOrder", () => {
  test("a payment makes the order paid and what it held sold", async () => {
    const { pay, status, stock, orderId } = await waitingOrder();
    expect(await pay()).toEqual({ repeated: false });
    expect([await status(), stock.held.get(orderId)?.status]).toEqual(["paid", "committed"]);
  });

  test.each([
    ["too little", { amount: 499, currency: "eur" }],
    ["too much", { amount: 501, currency: "eur" }],
    ["of another currency", { amount: 500, currency: "usd" }],
  ])("a payment that is %s is refused, and nothing is sold", async (_, amount) => {
    const { pay, status, stock, orderId } = await waitingOrder();
    await expect(pay(amount)).rejects.toMatchObject({ kind: "conflict" });
    expect([await status(), stock.held.get(orderId)?.status]).toEqual(["waiting_for_payment", "reserved"]);
  });

  test("a repeat sells what the first could not, as stock was away", async () => {
    const { pay, status, stock, orderId } = await waitingOrder();
    stock.away = true;
    await expect(pay()).rejects.toMatchObject({ kind: "unavailable" });
    expect([await status(), stock.held.get(orderId)?.status]).toEqual(["paid", "reserved"]);
    stock.away = false;
    expect(await pay()).toEqual({ repeated: true });
    expect(stock.held.get(orderId)?.status).toBe("committed");
  });

  test("the outbox sells what nobody else could, although the meal is ready by now", async () => {
    const { pay, cook, order, stock, orderId, outbox, clock } = await waitingOrder();
    stock.away = true;
    await expect(pay()).rejects.toMatchObject({ kind: "unavailable" });
    await cook();
    stock.away = false;
    clock.now += 60_000;
    await outbox.sweep();
    expect(stock.held.get(orderId)?.status).toBe("committed");
    expect((await order()).outbox).toEqual([]);
  });

  test("what is to be sold is written with the payment, and a repeat writes nothing", async () => {
    const { pay, order, orders, stock, orderId } = await waitingOrder();
    const { update } = orders;
    let writes = 0;
    orders.update = (id, change) => update(id, (current) => change(current) && ++writes > 0);
    stock.away = true;
    await expect(pay()).rejects.toMatchObject({ kind: "unavailable" });
    expect(await order()).toMatchObject({ status: "paid", outbox: [{ type: "sale" }] });
    expect(writes).toBe(1);
    stock.away = false;
    expect(await pay()).toEqual({ repeated: true });
    expect(await pay()).toEqual({ repeated: true });
    expect((await order()).outbox).toEqual([]);
    expect(writes).toBe(2);
    expect((await orders.get(orderId))?.snapshot.history).toHaveLength(3);
  });

  test("two replicas that handle the payment at once make one transition", async () => {
    const { pay, order } = await waitingOrder();
    const outcomes = await Promise.all([pay(), pay(), pay()]);
    expect(outcomes.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect((await order()).history.map(({ status }) => status)).toEqual(["pending", "waiting_for_payment", "paid"]);
  });

  test("a payment that finds its order cancelled is never accepted: it is owed back in the same write", async () => {
    const { pay, order, cancel, stock, orderId, seen } = await waitingOrder();
    await cancel();
    expect(await pay()).toEqual({ repeated: false });
    const { status, outbox } = await order();
    expect([status, outbox.map(({ type }) => type)]).toEqual(["cancelled", ["order.cancelled", "refund"]]);
    expect(await pay()).toEqual({ repeated: true });
    expect(stock.calls).not.toContain(`commit ${orderId}`);
    expect(seen.soon).toBe(3);
  });

  test("an order whose items stock gave to others is not cooked: its money goes back", async () => {
    const { pay, cook, stock, orderId, takeMoney, pass, status, seen, refunds } = await waitingOrder();
    await stock.release(orderId);
    stock.left.set("tea", 1);
    takeMoney();
    await pay();
    await expect(cook()).rejects.toMatchObject({ kind: "conflict" });
    await pass(0);
    expect([await status(), refunds(), stock.left.get("tea")]).toEqual(["refunded", 1, 1]);
    expect(await pay()).toEqual({ repeated: true });
    expect(seen.findings).toEqual([{ kind: "not_sold", outcome: "repaired", orderId }]);
  });

  test("an order that was cooked before stock said no is reported, and keeps its money", async () => {
    const { pay, cook, stock, orderId, status, seen } = await waitingOrder();
    stock.away = true;
    await expect(pay()).rejects.toMatchObject({ kind: "unavailable" });
    await cook();
    stock.away = false;
    await stock.release(orderId);
    stock.left.set("tea", 0);
    expect(await pay()).toEqual({ repeated: true });
    expect(await status()).toBe("ready");
    expect(seen.findings).toEqual([{ kind: "not_sold", outcome: "reported", orderId }]);
  });
});

describe("cancelOrder", () => {
  test("an order that waits for its payment is cancelled, and the outbox is to look soon", async () => {
    const { app, orderId, seen } = await waitingOrder();
    const order = await app.cancelOrder({ customerId: "ann", orderId });
    expect(order.history.at(-1)).toMatchObject({ status: "cancelled", by: "customer", reason: "customer" });
    expect(seen.soon).toBe(1);
  });

  test("to anybody else the order does not exist", async () => {
    const { app, orderId, status } = await waitingOrder();
    const foreign = app.cancelOrder({ customerId: "bob", orderId }).catch((error: unknown) => error);
    const missing = app.cancelOrder({ customerId: "bob", orderId: "none" }).catch((error: unknown) => error);
    expect(await foreign).toMatchObject({ kind: "not_found" });
    expect(String(await foreign)).toBe(String(await missing));
    expect(await status()).toBe("waiting_for_payment");
  });

  test("a paid order is not cancelled", async () => {
    const { app, orderId, pay, status } = await waitingOrder();
    await pay();
    await expect(app.cancelOrder({ customerId: "ann", orderId })).rejects.toMatchObject({ kind: "conflict" });
    expect(await status()).toBe("paid");
  });
});

describe("offerPayment", () => {
  test("a repeat is answered with the order as it is, however far that is", async () => {
    const { app, orderId, pay, cook } = await waitingOrder();
    const again = () => app.offerPayment({ orderId, paymentLink });
    expect(await again()).toMatchObject({ status: "waiting_for_payment", version: 2 });
    await pay();
    expect(await again()).toMatchObject({ status: "paid", version: 3 });
    await cook();
    expect(await again()).toMatchObject({ status: "ready", version: 5, paymentLink });
  });
});

describe("closeUnpaid", () => {
  test("an order that nobody can pay any more is cancelled by payment, and the outbox is to look soon", async () => {
    const { app, orderId, seen } = await waitingOrder();
    const order = await app.closeUnpaid({ orderId, reason: "payment_failed" });
    expect(order.history.at(-1)).toMatchObject({ status: "cancelled", by: "payment", reason: "payment_failed" });
    expect(seen.soon).toBe(1);
  });

  test("a paid order is not", async () => {
    const { app, orderId, pay, status } = await waitingOrder();
    await pay();
    await expect(app.closeUnpaid({ orderId, reason: "expired" })).rejects.toMatchObject({ kind: "conflict" });
    expect(await status()).toBe("paid");
  });
});

test("a second, different payment link is refused and reported; the first again changes nothing", async () => {
  const { app, orderId, order, seen } = await waitingOrder();
  const before = await order();
  await app.offerPayment({ orderId, paymentLink });
  const other = app.offerPayment({ orderId, paymentLink: "https://phish.example/pay" });
  await expect(other).rejects.toMatchObject({ kind: "conflict" });
  expect(await order()).toEqual(before);
  expect(seen.findings).toEqual([{ kind: "other_link", outcome: "reported", orderId }]);
});

test("another link for an order that is cancelled is refused, and nobody has to look at it", async () => {
  const { app, orderId, cancel, seen } = await waitingOrder();
  await cancel();
  const other = app.offerPayment({ orderId, paymentLink: "https://pay.example/other" });
  await expect(other).rejects.toMatchObject({ kind: "conflict" });
  expect(seen.findings).toEqual([]);
});
