import { describe, expect, test } from "vitest";
import { AppError } from "#common/errors";
import { waitingOrder } from "../testing/app.ts";

describe("a cancelled order", () => {
  test("has its checkout closed before its items go back, both once", async () => {
    const { cancel, pass, order, orderId, payments, stock } = await waitingOrder();
    await cancel();
    await pass(0);
    await pass(600);
    expect(payments.calls).toEqual([`close (customer cs_1) ${orderId}`, `find ${orderId}`]);
    expect(stock.calls.filter((call) => call.startsWith("release"))).toHaveLength(1);
    expect([(await order()).status, stock.left.get("tea")]).toEqual(["cancelled", 10]);
    expect((await order()).outbox).toEqual([]);
  });

  test("that was paid meanwhile is refunded, and its items go back", async () => {
    const { cancel, takeMoney, pass, status, refunds, stock, order } = await waitingOrder();
    takeMoney();
    await cancel();
    await pass(0);
    expect([await status(), refunds(), stock.left.get("tea")]).toEqual(["refunded", 1, 10]);
    expect((await order()).outbox).toEqual([]);
  });

  test("is refunded once when order.paid comes as well, before, between or after", async () => {
    for (const when of ["before", "between", "after"]) {
      const { cancel, takeMoney, pass, pay, status, stock, order } = await waitingOrder();
      takeMoney();
      await cancel();
      if (when === "before") await pay();
      if (when === "between") await Promise.all([pass(0), pay()]);
      else await pass(0);
      if (when === "after") await pay();
      await pass(10);
      expect([when, await status(), stock.left.get("tea")]).toEqual([when, "refunded", 10]);
      expect((await order()).history.filter((change) => change.status === "refunded")).toHaveLength(1);
      expect((await order()).outbox).toEqual([]);
    }
  });

  test("keeps its items while a slow payment is under way, and ends as that ends", async () => {
    for (const [end, status] of [
      ["paid", "refunded"],
      ["closed", "cancelled"],
    ] as const) {
      const { cancel, pass, payments, orderId, reservation, order } = await waitingOrder();
      payments.statuses.set(orderId, "processing");
      await cancel();
      await pass(0);
      await pass(60);
      expect([(await order()).status, reservation()]).toEqual(["cancelled", "reserved"]);
      payments.statuses.set(orderId, end);
      await pass(300);
      expect([(await order()).status, reservation(), (await order()).outbox]).toEqual([status, "released", []]);
    }
  });

  test("waits for a payment service that is away, and is done when it is there again", async () => {
    const { cancel, pass, payments, reservation, order } = await waitingOrder();
    payments.away = true;
    await cancel();
    await pass(0);
    expect([reservation(), (await order()).outbox.length]).toEqual(["reserved", 1]);
    payments.away = false;
    await pass(5);
    expect([reservation(), (await order()).outbox.length]).toEqual(["released", 0]);
  });

  test("gives its items back while the broker is away", async () => {
    const { cancel, pass, bus, reservation, order } = await waitingOrder();
    bus.down = true;
    await cancel();
    await pass(0);
    expect([reservation(), (await order()).outbox]).toEqual(["released", []]);
  });
});

test("an order that owes what nobody paid owes nothing, and stays cancelled", async () => {
  const { cancel, pass, pay, order, refunds } = await waitingOrder();
  await cancel();
  await pass(0);
  await pay();
  await pass(0);
  expect([(await order()).status, (await order()).outbox, refunds()]).toEqual(["cancelled", [], 1]);
});

describe("an order whose money is back before what it holds was sold", () => {
  const back = { id: "re_1", amount: { amount: 500, currency: "eur" }, status: "succeeded" } as const;
  const eve = { requestId: "act-1", subject: "eve", name: "Eve", reason: "" };
  async function unsold() {
    const made = await waitingOrder();
    made.takeMoney();
    made.stock.away = true;
    await expect(made.pay()).rejects.toMatchObject({ kind: "unavailable" });
    const ends = async (status: string) => {
      made.stock.away = false;
      await made.pass(60);
      const { outbox } = await made.order();
      expect([await made.status(), outbox]).toEqual([status, []]);
      return [made.reservation(), made.stock.left.get("tea")];
    };
    return { ...made, ends };
  }

  test("gives it back when nobody began to cook, whoever gave the money back", async () => {
    const elsewhere = await unsold();
    await elsewhere.app.recordRefunds({ orderId: elsewhere.orderId, refunds: [back] });
    expect(await elsewhere.ends("refunded")).toEqual(["released", 10]);
    const byStaff = await unsold();
    await byStaff.app.staff.refund({ orderId: byStaff.orderId, act: eve });
    expect(await byStaff.ends("refunded")).toEqual(["released", 10]);
  });

  test("has it sold when it was cooked", async () => {
    const { app, orderId, cook, ends } = await unsold();
    await cook();
    await app.recordRefunds({ orderId, refunds: [back] });
    expect(await ends("refunded")).toEqual(["committed", 8]);
  });
});

test("others who keep changing a paid order do not make it one that stock has nothing for", async () => {
  const { takeMoney, pay, pass, orders, stock, order, reservation, refunds } = await waitingOrder();
  takeMoney();
  stock.away = true;
  await expect(pay()).rejects.toMatchObject({ kind: "unavailable" });
  stock.away = false;
  const { update } = orders;
  let others = 1;
  orders.update = async (...asked) => {
    if (others-- > 0) throw new AppError("unavailable", "Others keep changing this order. Try again.");
    return update(...asked);
  };
  await pass(10);
  await pass(10);
  expect([(await order()).status, (await order()).outbox, reservation()]).toEqual(["paid", [], "committed"]);
  expect(refunds()).toBe(0);
});
