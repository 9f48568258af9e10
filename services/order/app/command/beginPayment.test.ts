import { expect, test } from "vitest";
import { orderApp, waitingOrder, wish } from "../../testing/app.ts";
import { fakeStock } from "../../testing/fakes.ts";
import { noon } from "../../testing/orders.ts";

const [hold, ttl] = [600, 1_800];
const short = { holdMs: hold * 1_000 };

test("an order whose guest does not go to pay is over soon, and its dishes go back", async () => {
  const { pass, status, reservation, payments, orderId } = await waitingOrder(short);
  await pass(hold - 1);
  expect([await status(), reservation()]).toEqual(["waiting_for_payment", "reserved"]);
  await pass(1);
  expect([await status(), reservation()]).toEqual(["cancelled", "released"]);
  expect(payments.statuses.get(orderId)).toBe("closed");
});

test("an order whose guest goes to pay can be paid for its whole time, and they hear how long that is", async () => {
  const { app, pass, status, orderId, order } = await waitingOrder(short);
  const { version, expiresAt } = await order();
  expect(expiresAt.getTime()).toBe(noon + hold * 1_000);
  await pass(hold - 1);
  const begun = await app.beginPayment({ customerId: "ann", orderId });
  expect([begun.expiresAt.getTime(), begun.version]).toEqual([noon + ttl * 1_000, version + 1]);
  expect(await app.beginPayment({ customerId: "ann", orderId })).toEqual(begun);
  await pass(ttl - hold);
  expect(await status()).toBe("waiting_for_payment");
  await pass(1);
  expect(await status()).toBe("cancelled");
});

test("the payment page is there for the whole time from the beginning", async () => {
  const { bus } = await waitingOrder(short);
  await expect.poll(() => bus.published).toHaveLength(1);
  expect(bus.published[0]?.data).toMatchObject({
    expiresAt: new Date(noon + ttl * 1_000).toISOString().replace(".000", ""),
  });
});

test("what is over, paid or somebody else's stays as it is", async () => {
  const over = await waitingOrder(short);
  over.clock.now += hold * 1_000;
  const { expiresAt } = await over.app.beginPayment({ customerId: "ann", orderId: over.orderId });
  expect(expiresAt.getTime()).toBe(noon + hold * 1_000);
  const paid = await waitingOrder(short);
  await paid.pay();
  const before = await paid.order();
  expect(await paid.app.beginPayment({ customerId: "ann", orderId: paid.orderId })).toEqual(before);
  const asked = paid.app.beginPayment({ customerId: "bob", orderId: paid.orderId });
  await expect(asked).rejects.toMatchObject({ kind: "not_found" });
});

test("the same wish again is answered as first, also when its guest went to pay meanwhile", async () => {
  const { app, orderId } = await waitingOrder(short);
  const first = await app.createOrder(wish({ tea: 2 }));
  await app.beginPayment({ customerId: "ann", orderId });
  expect(await app.createOrder(wish({ tea: 2 }))).toEqual(first);
});

test("where an order is held no shorter than it can be paid, going to pay changes nothing", async () => {
  const { app, order, orderId } = await waitingOrder();
  const before = await order();
  expect(await app.beginPayment({ customerId: "ann", orderId })).toEqual(before);
});

test("dishes of an order whose guest went to pay count as unpaid for as long as it lasts", async () => {
  const parts = { ...short, stock: fakeStock({ tea: 100 }), unpaidLimits: { unitsOfCustomer: 10 } };
  const { app, clock } = orderApp(parts);
  const { id: orderId } = await app.createOrder(wish({ tea: 10 }));
  await app.offerPayment({ orderId, paymentLink: "https://pay.example/1" });
  await app.beginPayment({ customerId: "ann", orderId });
  clock.now += (hold + 1) * 1_000;
  await expect(app.createOrder(wish({ tea: 1 }, "key-2"))).rejects.toMatchObject({ kind: "too_many" });
});
