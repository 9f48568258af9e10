import { expect, test } from "vitest";
import { orderApp, waitingOrder, wish } from "../testing/app.ts";
import { fakeStock } from "../testing/fakes.ts";

const lifeSeconds = 1_800;

test("an unpaid order is cancelled when its time is over, not before, and its items go back", async () => {
  const { pass, order, stock, payments, orderId } = await waitingOrder();
  await pass(lifeSeconds - 1);
  expect((await order()).status).toBe("waiting_for_payment");
  await pass(1);
  const { status, history } = await order();
  expect([status, stock.left.get("tea")]).toEqual(["cancelled", 10]);
  expect(history.at(-1)).toMatchObject({ by: "sweeper", reason: "expired" });
  expect(payments.calls).toContain(`close (expired cs_1) ${orderId}`);
});

test("an order that never got a link expires too, and gets none any more", async () => {
  const { app, orders, payments, clock, outbox } = orderApp();
  const { id: orderId } = await app.createOrder(wish({ tea: 1 }));
  clock.now += lifeSeconds * 1000;
  await app.lookAfter();
  await outbox.sweep();
  expect((await orders.get(orderId))?.snapshot.status).toBe("cancelled");
  expect(payments.statuses.get(orderId)).toBe("closed");
});

test("an order whose payment nobody told of is paid instead, and its items are sold", async () => {
  const { pass, status, takeMoney, reservation, refunds, pay } = await waitingOrder();
  takeMoney();
  await pass(lifeSeconds);
  expect([await status(), reservation(), refunds()]).toEqual(["paid", "committed", 0]);
  expect(await pay()).toEqual({ repeated: true });
});

test("while a slow payment is under way nothing happens, and its end decides", async () => {
  for (const [end, expected] of [
    ["paid", "paid"],
    ["closed", "cancelled"],
  ] as const) {
    const { pass, status, payments, orderId, reservation } = await waitingOrder();
    payments.statuses.set(orderId, "processing");
    await pass(lifeSeconds);
    await pass(3_600);
    expect([await status(), reservation()]).toEqual(["waiting_for_payment", "reserved"]);
    payments.statuses.set(orderId, end);
    await pass(60);
    expect(await status()).toBe(expected);
  }
});

test("while payment is away nothing expires: who pays meanwhile is not cancelled", async () => {
  const { pass, status, payments } = await waitingOrder();
  payments.away = true;
  await pass(lifeSeconds).catch(() => undefined);
  expect(await status()).toBe("waiting_for_payment");
  payments.away = false;
  await pass(60);
  expect(await status()).toBe("cancelled");
});

test("an order that is paid between the look and the cancellation stays paid", async () => {
  const { pass, status, payments, pay } = await waitingOrder();
  const { close } = payments;
  payments.close = async (order, reason) => {
    await pay();
    return { ...(await close(order, reason)), status: "closed" };
  };
  await pass(lifeSeconds);
  expect(await status()).toBe("paid");
});

test("two replicas whose lock excludes nobody expire an order once, and give its items back once", async () => {
  const one = await waitingOrder();
  const two = orderApp({ orders: one.orders, stock: one.stock, payments: one.payments, bus: one.bus });
  two.clock.now = one.clock.now += lifeSeconds * 1000;
  await Promise.all([one.app.lookAfter(), two.app.lookAfter(), one.app.lookAfter()]);
  await Promise.all([one.outbox.sweep(), two.outbox.sweep()]);
  expect(one.payments.calls.filter((call) => call.includes("expired"))).toHaveLength(2);
  expect(one.stock.left.get("tea")).toBe(10);
  expect((await one.order()).history.filter(({ status }) => status === "cancelled")).toHaveLength(1);
});

test("one order that payment cannot answer for does not keep the others", async () => {
  const { app, orders, payments, clock } = orderApp();
  const { close } = payments;
  payments.close = (order, reason) => (order.id === "ann/bad" ? Promise.reject(new Error("no")) : close(order, reason));
  for (const key of ["bad", "good"]) await app.createOrder(wish({ tea: 1 }, key));
  clock.now += lifeSeconds * 1000;
  await app.lookAfter();
  expect((await orders.get("ann/bad"))?.snapshot.status).toBe("pending");
  expect((await orders.get("ann/good"))?.snapshot.status).toBe("cancelled");
});

test("ten orders that cannot be looked after do not keep forty others from expiring within a minute", async () => {
  const { app, orders, payments, clock } = orderApp({ stock: fakeStock({ tea: 100 }) });
  const { close } = payments;
  payments.close = (order, reason) =>
    order.id.includes("bad") ? Promise.reject(new Error("no")) : close(order, reason);
  for (let index = 0; index < 50; index++)
    await app.createOrder(wish({ tea: 1 }, index < 10 ? `bad-${index}` : `good-${index}`));
  clock.now += lifeSeconds * 1000;
  for (let seconds = 0; seconds < 60; seconds += 5) {
    await app.lookAfter();
    clock.now += 5_000;
  }
  expect([await orders.count("cancelled"), await orders.count("pending")]).toEqual([40, 10]);
});
