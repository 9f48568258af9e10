import { describe, expect, test } from "vitest";
import { orderApp, wish } from "../../testing/app.ts";

const paymentLink = "https://pay.example/1";

/** An order of ann's that waits for its payment. */
async function waiting() {
  const parts = orderApp();
  const { id: orderId, total } = await parts.app.createOrder(wish({ tea: 2 }));
  await parts.app.updateOrder({ orderId, change: { kind: "payment_requested", paymentLink } });
  const status = async () => (await parts.orders.get(orderId))?.snapshot.status;
  const pay = (amount = total) => parts.app.payOrder({ orderId, amount });
  return { ...parts, orderId, total, status, pay };
}

describe("payOrder", () => {
  test("a payment makes the order paid and what it held sold", async () => {
    const { pay, status, stock, orderId } = await waiting();
    expect(await pay()).toEqual({ repeated: false });
    expect([await status(), stock.held.get(orderId)?.status]).toEqual(["paid", "committed"]);
  });

  test.each([
    ["too little", { amount: 499, currency: "eur" }],
    ["too much", { amount: 501, currency: "eur" }],
    ["of another currency", { amount: 500, currency: "usd" }],
  ])("a payment that is %s is refused, and nothing is sold", async (_, amount) => {
    const { pay, status, stock, orderId } = await waiting();
    await expect(pay(amount)).rejects.toMatchObject({ kind: "conflict" });
    expect([await status(), stock.held.get(orderId)?.status]).toEqual(["waiting_for_payment", "reserved"]);
  });

  test("a repeat sells what the first could not, as stock was away", async () => {
    const { pay, status, stock, orderId } = await waiting();
    stock.away = true;
    await expect(pay()).rejects.toMatchObject({ kind: "unavailable" });
    expect([await status(), stock.held.get(orderId)?.status]).toEqual(["paid", "reserved"]);
    stock.away = false;
    expect(await pay()).toEqual({ repeated: true });
    expect(stock.held.get(orderId)?.status).toBe("committed");
  });

  test("a cancelled order is not paid, and its items are not sold", async () => {
    const { app, pay, stock, orderId } = await waiting();
    await app.cancelOrder({ customerId: "ann", orderId });
    await expect(pay()).rejects.toMatchObject({ kind: "conflict" });
    expect(stock.calls).not.toContain(`commit ${orderId}`);
  });
});

describe("cancelOrder", () => {
  test("an order that waits for its payment is cancelled, and the outbox is to look soon", async () => {
    const { app, orderId, seen } = await waiting();
    const order = await app.cancelOrder({ customerId: "ann", orderId });
    expect(order.history.at(-1)).toMatchObject({ status: "cancelled", by: "customer", reason: "customer" });
    expect(seen.soon).toBe(1);
  });

  test("to anybody else the order does not exist", async () => {
    const { app, orderId, status } = await waiting();
    const foreign = app.cancelOrder({ customerId: "bob", orderId }).catch((error: unknown) => error);
    const missing = app.cancelOrder({ customerId: "bob", orderId: "none" }).catch((error: unknown) => error);
    expect(await foreign).toMatchObject({ kind: "not_found" });
    expect(String(await foreign)).toBe(String(await missing));
    expect(await status()).toBe("waiting_for_payment");
  });

  test("a paid order is not cancelled", async () => {
    const { app, orderId, pay, status } = await waiting();
    await pay();
    await expect(app.cancelOrder({ customerId: "ann", orderId })).rejects.toMatchObject({ kind: "conflict" });
    expect(await status()).toBe("paid");
  });
});

describe("updateOrder", () => {
  test("a change that was made before is answered with the order as it is", async () => {
    const { app, orderId, pay } = await waiting();
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
    const { app, orderId } = await waiting();
    const ready = (id: string) => app.updateOrder({ orderId: id, change: { kind: "marked_ready" } });
    await expect(ready(orderId)).rejects.toMatchObject({ kind: "conflict" });
    await expect(ready("none")).rejects.toMatchObject({ kind: "not_found" });
  });
});
