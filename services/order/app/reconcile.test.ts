import { expect, test } from "vitest";
import { AppError } from "#common/errors";
import { orderApp, waitingOrder, wish } from "../testing/app.ts";
import { fakeStock } from "../testing/fakes.ts";

/** As long as orders may rest in these tests, in seconds. */
const patience = 60;

test("an order that waits although it was paid has its payment announced again", async () => {
  const { pass, takeMoney, payments, orderId, seen } = await waitingOrder();
  takeMoney();
  await pass(patience - 1);
  expect(payments.calls).toEqual([]);
  await pass(1);
  expect(payments.calls).toContain(`announce ${orderId}`);
  expect(seen.findings).toEqual([{ kind: "payment_unheard", outcome: "repaired", orderId }]);
});

test("an order that has no link after a minute is reported, payment away or not, and again ever more seldom", async () => {
  const { app, clock, payments, seen } = orderApp();
  const { id: orderId } = await app.createOrder(wish({ tea: 2 }));
  payments.away = true;
  const pass = async (seconds: number) => {
    clock.now += seconds * 1_000;
    await app.lookAfter();
  };
  await pass(patience - 1);
  expect(seen.findings).toEqual([]);
  await pass(1);
  expect(seen.findings).toEqual([{ kind: "link_missing", outcome: "reported", orderId }]);
  for (let second = 60; second < 1_200; second += 30) await pass(30);
  expect(seen.findings.length).toBeGreaterThan(2);
  expect(seen.findings.length).toBeLessThan(8);
});

test("an order that waits for a payment that nobody can make any more is cancelled", async () => {
  const { pass, payments, orderId, status, seen, reservation } = await waitingOrder();
  payments.statuses.set(orderId, "closed");
  await pass(patience);
  expect([await status(), reservation()]).toEqual(["cancelled", "released"]);
  expect(seen.findings).toEqual([{ kind: "closing_unheard", outcome: "repaired", orderId }]);
});

test.each(["open", "processing", "unknown"] as const)(
  "an order that waits for a payment that is %s is left alone, and looked at once a minute",
  async (status) => {
    const { pass, payments, orderId, seen, order } = await waitingOrder();
    payments.statuses.set(orderId, status);
    for (let second = 0; second < 1_200; second += 30) await pass(30);
    expect(payments.calls.length).toBeLessThanOrEqual(20);
    expect([(await order()).status, seen.findings]).toEqual(["waiting_for_payment", []]);
  },
);

test("a paid order that waits for a cook is sold, and is nothing that an operator has to know", async () => {
  const { pass, pay, takeMoney, stock, payments, reservation, seen } = await waitingOrder();
  takeMoney();
  stock.away = true;
  await pay().catch(() => undefined);
  stock.away = false;
  await pass(patience);
  expect(reservation()).toBe("committed");
  await pass(3_600);
  expect(payments.calls.filter((call) => call.startsWith("announce"))).toEqual([]);
  expect(seen.findings).toEqual([]);
});

test("a meal of an hour whose kitchen dies is nobody else's before its lease ends, and no finding at any time", async () => {
  const { app, pass, pay, cook, takeMoney, status, payments, orderId, clock, seen } = await waitingOrder();
  takeMoney();
  await pay();
  const claim = async (kitchenId: string) =>
    (await app.claimTickets({ kitchenId, count: 1, leaseSeconds: 3_630 })).map(({ id }) => id);
  expect(await claim("dead")).toEqual([orderId]);
  const begun = clock.now;
  while (clock.now < begun + 3_600_000) {
    await pass(300);
    expect(await claim("heir")).toEqual([]);
  }
  clock.now = begun + 3_630_000;
  await cook("heir");
  expect([await status(), seen.findings]).toEqual(["ready", []]);
  expect(payments.calls.filter((call) => call.startsWith("announce"))).toEqual([]);
});

test("a paid order that stock has nothing for gets its money back", async () => {
  const { pass, pay, takeMoney, stock, orderId, status, refunds } = await waitingOrder();
  takeMoney();
  stock.away = true;
  await pay().catch(() => undefined);
  stock.away = false;
  await stock.release(orderId);
  stock.left.set("tea", 0);
  await pass(patience);
  expect([await status(), refunds()]).toEqual(["refunded", 1]);
});

test("a cancelled order that money came in for is refunded, although nobody told of it", async () => {
  const { pass, cancel, payments, orderId, status, seen } = await waitingOrder();
  await cancel();
  await pass(0);
  payments.statuses.set(orderId, "paid");
  await pass(patience);
  expect(await status()).toBe("refunded");
  expect(seen.findings).toEqual([{ kind: "paid_though_cancelled", outcome: "repaired", orderId }]);
});

test("a cancelled order that stock still holds items for gives them back", async () => {
  const { pass, cancel, stock, orderId, reservation, seen } = await waitingOrder();
  await cancel();
  await pass(0);
  const held = stock.held.get(orderId);
  if (held) held.status = "reserved";
  await pass(patience);
  expect(reservation()).toBe("released");
  expect(seen.findings).toEqual([{ kind: "held_though_cancelled", outcome: "repaired", orderId }]);
});

test("a cancelled order whose items were sold is reported", async () => {
  const { pass, cancel, stock, orderId, reservation, seen } = await waitingOrder();
  await cancel();
  await pass(0);
  await stock.commit(orderId);
  await pass(patience);
  expect(reservation()).toBe("committed");
  expect(seen.findings).toEqual([{ kind: "sold_though_cancelled", outcome: "reported", orderId }]);
});

test("what a cancelled order holds until the outbox gives it back is no mistake", async () => {
  const { pass, cancel, payments, orderId, reservation, seen } = await waitingOrder();
  payments.statuses.set(orderId, "processing");
  await cancel();
  await pass(patience);
  expect([reservation(), seen.findings]).toEqual(["reserved", []]);
});

test("while stock is away payments are compared all the same", async () => {
  const { app, pass, payments, stock, orderId, takeMoney, seen } = await waitingOrder();
  const other = await app.createOrder(wish({ tea: 1 }, "key-2"));
  await app.cancelOrder({ customerId: "ann", orderId: other.id });
  await pass(0);
  takeMoney();
  stock.away = true;
  await pass(patience);
  expect(payments.calls).toContain(`announce ${orderId}`);
  expect(seen.findings).toEqual([{ kind: "payment_unheard", outcome: "repaired", orderId }]);
});

test("a paid order whose money was given back elsewhere is refunded; one that payment does not know is reported", async () => {
  for (const [payment, end, outcome] of [
    ["refunded", "refunded", "repaired"],
    ["unknown", "paid", "reported"],
  ] as const) {
    const { pass, pay, payments, orderId, status, seen } = await waitingOrder();
    await pay();
    payments.statuses.set(orderId, payment);
    await pass(patience);
    expect([await status(), seen.findings]).toEqual([end, [{ kind: "paid_without_payment", outcome, orderId }]]);
  }
});

test("what operators were told of a paid order, and nobody can mend, is not told again however long it waits", async () => {
  const { pass, pay, payments, orders, orderId, seen } = await waitingOrder();
  await pay();
  payments.statuses.set(orderId, "unknown");
  await pass(patience);
  for (const { kind, outcome } of seen.findings)
    await orders.update(orderId, (order) => {
      order.note({ kind, outcome, at: new Date(0) });
      return true;
    });
  for (let look = 0; look < 288; look++) await pass(300);
  expect(seen.findings).toEqual([{ kind: "paid_without_payment", outcome: "reported", orderId }]);
});

test("a paid order whose money is on its way back elsewhere, or disputed, waits without an alarm", async () => {
  const { pass, pay, payments, orderId, status, seen } = await waitingOrder();
  await pay();
  payments.statuses.set(orderId, "refunding");
  for (let look = 0; look < 10; look++) await pass(600);
  expect([await status(), seen.findings]).toEqual(["paid", []]);
  payments.statuses.set(orderId, "refunded");
  await pass(600);
  expect(await status()).toBe("refunded");
});

test("a payment service that is away is asked about ten orders in a round, not about all", async () => {
  const { app, clock, payments } = orderApp({ stock: fakeStock({ tea: 100 }) });
  for (let index = 0; index < 60; index++) await app.createOrder(wish({ tea: 1 }, `key-${index}`));
  let asked = 0;
  payments.close = async () => {
    asked++;
    throw new AppError("unavailable", "away");
  };
  clock.now += 1_800_000;
  await app.lookAfter();
  expect(asked).toBe(10);
});

test("while payment is away nothing is repaired or reported, and everything is looked at again", async () => {
  const { pass, takeMoney, payments, seen } = await waitingOrder();
  takeMoney();
  payments.away = true;
  await pass(patience).catch(() => undefined);
  expect(seen.findings).toEqual([]);
  payments.away = false;
  await pass(2 * patience);
  expect(seen.findings).toHaveLength(1);
});
