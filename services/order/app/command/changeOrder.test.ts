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
    const { pay, app, order, stock, orderId, outbox, clock } = await waitingOrder();
    stock.away = true;
    await expect(pay()).rejects.toMatchObject({ kind: "unavailable" });
    await app.updateOrder({ orderId, change: { kind: "marked_ready" } });
    stock.away = false;
    clock.now += 60_000;
    await outbox.sweep();
    expect(stock.held.get(orderId)?.status).toBe("committed");
    expect((await order()).outbox).toEqual([]);
  });

  test("the event is remembered in the same write as its effect, and a repeat changes nothing", async () => {
    const { pay, order, orders, stock, orderId } = await waitingOrder();
    const { update } = orders;
    let writes = 0;
    orders.update = (id, change) => update(id, (current) => change(current) && ++writes > 0);
    stock.away = true;
    await expect(pay()).rejects.toMatchObject({ kind: "unavailable" });
    expect(await order()).toMatchObject({ status: "paid", handled: ["paid-1"] });
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
    const { status, handled, outbox } = await order();
    expect([status, handled, outbox.map(({ type }) => type)]).toEqual([
      "cancelled",
      ["paid-1"],
      ["order.cancelled", "refund"],
    ]);
    expect(await pay()).toEqual({ repeated: true });
    expect(stock.calls).not.toContain(`commit ${orderId}`);
    expect(seen.soon).toBe(3);
  });

  test("an order whose items stock gave to others is not cooked: its money goes back", async () => {
    const { pay, app, stock, orderId, taken, pass, status, seen, refunds } = await waitingOrder();
    await stock.release(orderId);
    stock.left.set("tea", 1);
    taken();
    await pay();
    const cooked = app.updateOrder({ orderId, change: { kind: "marked_ready" } });
    await expect(cooked).rejects.toMatchObject({ kind: "conflict" });
    await pass(0);
    expect([await status(), refunds(), stock.left.get("tea")]).toEqual(["refunded", 1, 1]);
    expect(await pay()).toEqual({ repeated: true });
    expect(seen.findings).toEqual([{ kind: "not_sold", outcome: "repaired", orderId }]);
  });

  test("an order that was cooked before stock said no is reported, and keeps its money", async () => {
    const { pay, app, stock, orderId, status, seen } = await waitingOrder();
    stock.away = true;
    await expect(pay()).rejects.toMatchObject({ kind: "unavailable" });
    await app.updateOrder({ orderId, change: { kind: "marked_ready" } });
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

describe("updateOrder", () => {
  test("a change that was made before is answered with the order as it is", async () => {
    const { app, orderId, pay } = await waitingOrder();
    await pay();
    const change = { kind: "payment_requested", paymentLink } as const;
    expect(await app.updateOrder({ orderId, change })).toMatchObject({ status: "paid", version: 3 });
    await app.updateOrder({ orderId, change: { kind: "marked_ready" } });
    expect(await app.updateOrder({ orderId, change: { kind: "marked_ready" } })).toMatchObject({
      status: "ready",
      version: 4,
    });
  });

  test("an unpaid order cannot become ready, and an unknown one nothing at all", async () => {
    const { app, orderId } = await waitingOrder();
    const ready = (id: string) => app.updateOrder({ orderId: id, change: { kind: "marked_ready" } });
    await expect(ready(orderId)).rejects.toMatchObject({ kind: "conflict" });
    await expect(ready("none")).rejects.toMatchObject({ kind: "not_found" });
  });
});
