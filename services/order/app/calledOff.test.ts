import { describe, expect, test } from "vitest";
import type { OrderRefund } from "../domain/refunds.ts";
import { waitingOrder } from "../testing/app.ts";
import type { fakeStock } from "../testing/fakes.ts";

const act = { requestId: "act-1", subject: "eve", name: "Eve", reason: "" };

/** A paid order of two of ten teas, which are sold. */
async function paidOrder() {
  const made = await waitingOrder();
  const { app, orderId, takeMoney, pay } = made;
  takeMoney();
  await pay();
  const claim = () => app.claimTickets({ kitchenId: "kitchen-1", count: 1, leaseSeconds: 60 });
  const giveBack = () => app.returnTickets({ kitchenId: "kitchen-1", keep: [] });
  const callOff = () => app.staff.cancel({ orderId, act });
  const refund = () => app.staff.refund({ orderId, act });
  const elsewhere = (status: OrderRefund["status"]) =>
    app.recordRefunds({ orderId, refunds: [{ id: "re_1", amount: made.total, status }] });
  const tea = () => [made.stock.left.get("tea"), made.reservation()];
  return { ...made, claim, giveBack, callOff, refund, elsewhere, tea };
}

/**
 * An order that is paid, and whose payment is heard of at once or, as stock was away then, by the outbox. Once, at the
 * very moment that stock `sell`s what it holds, staff end it, and it is given back; `afterwards` comes right after the sale.
 */
async function endedWhileSold(
  verb: "cancel" | "refund",
  heard: "at once" | "by the outbox",
  afterwards: (stock: ReturnType<typeof fakeStock>) => void = () => {},
) {
  const made = await waitingOrder();
  const { stock, app, orderId, pass, pay, reservation } = made;
  made.takeMoney();
  if (heard === "by the outbox") {
    stock.away = true;
    await expect(pay()).rejects.toMatchObject({ kind: "unavailable" });
    stock.away = false;
  }
  const { commit } = stock;
  stock.commit = async (id) => {
    stock.commit = commit;
    await app.staff[verb]({ orderId, act });
    await pass(0);
    expect(reservation()).toBe("released");
    await commit(id);
    afterwards(stock);
  };
  const sell = heard === "at once" ? pay : () => pass(10);
  return { ...made, sell, tea: () => [stock.left.get("tea"), reservation()] };
}

const sold = [8, "committed"];
const back = [10, "released"];

describe("what a paid order has bought", () => {
  test("goes back once when staff cancel it before a cook took it", async () => {
    const { callOff, pass, tea, order } = await paidOrder();
    expect(tea()).toEqual(sold);
    await callOff();
    await pass(0);
    await pass(600);
    expect([tea(), (await order()).outbox]).toEqual([back, []]);
  });

  test("goes back when the cook who took it gave it back before staff cancelled it", async () => {
    const { claim, giveBack, callOff, pass, tea } = await paidOrder();
    await claim();
    await giveBack();
    await callOff();
    await pass(0);
    expect(tea()).toEqual(back);
  });

  test("stays sold when a cook had it", async () => {
    const { claim, callOff, pass, tea, seen, status } = await paidOrder();
    await claim();
    await callOff();
    await pass(0);
    await pass(600);
    expect([tea(), await status(), seen.findings]).toEqual([sold, "refunded", []]);
  });

  test("stays sold when a cook had it, also while its money takes days", async () => {
    const { payments, claim, callOff, pass, tea, status, seen } = await paidOrder();
    payments.refundsEnd = "refunding";
    await claim();
    await callOff();
    await pass(0);
    await pass(60);
    await pass(600);
    expect([tea(), await status(), seen.findings]).toEqual([sold, "cancelled", []]);
  });

  test("does not go back by itself when nobody is known to have paid: an operator has to look", async () => {
    const { stock, orderId, cancel, pass, reservation, order } = await waitingOrder();
    await stock.commit(orderId);
    await cancel();
    await pass(0);
    await pass(7_200);
    expect([reservation(), (await order()).stuck]).toMatchObject(["committed", [{ type: "order.cancelled" }]]);
  });

  test("is sold when a cook had it, although the sale was not made by then", async () => {
    const { stock, claim, callOff, pass, tea, orderId } = await paidOrder();
    const held = stock.held.get(orderId);
    if (held) held.status = "reserved";
    await claim();
    await callOff();
    await pass(0);
    expect(tea()).toEqual(sold);
  });

  test("goes back when all of its money does before a cook took it: by staff, or at the provider", async () => {
    const byStaff = await paidOrder();
    await byStaff.refund();
    await byStaff.pass(10);
    expect([byStaff.tea(), await byStaff.status()]).toEqual([back, "refunded"]);
    const elsewhere = await paidOrder();
    await elsewhere.elsewhere("succeeded");
    await elsewhere.pass(10);
    expect([elsewhere.tea(), await elsewhere.status(), (await elsewhere.order()).outbox]).toEqual([
      back,
      "refunded",
      [],
    ]);
  });

  test("stays sold when its money goes back after a cook took it", async () => {
    const { claim, elsewhere, pass, tea, status } = await paidOrder();
    await claim();
    await elsewhere("succeeded");
    await pass(10);
    expect([tea(), await status()]).toEqual([sold, "refunded"]);
  });

  test("goes back while its money takes days, and is bought again when that comes to nothing", async () => {
    const { payments, refund, pass, tea, status, app, orderId, total, order } = await paidOrder();
    payments.refundsEnd = "refunding";
    await refund();
    await pass(10);
    expect([tea(), await status()]).toEqual([back, "paid"]);
    const id = (await order()).refunds?.[0]?.id ?? "";
    await app.recordRefunds({ orderId, refunds: [{ id, amount: total, status: "failed" }] });
    payments.statuses.set(orderId, "paid");
    await pass(10);
    expect([tea(), await status()]).toEqual([sold, "paid"]);
  });

  test.each([
    { verb: "cancel", heard: "by the outbox" },
    { verb: "cancel", heard: "at once" },
    { verb: "refund", heard: "at once" },
  ] as const)("goes back although it was sold, $heard, at the very moment of a $verb", async ({ verb, heard }) => {
    const { sell, pass, tea, status, order } = await endedWhileSold(verb, heard);
    await sell();
    await pass(10);
    expect([tea(), await status(), (await order()).outbox]).toEqual([back, "refunded", []]);
  });

  test("goes back later when it was sold at that moment, and stock was away right after", async () => {
    const { stock, sell, pass, tea, order } = await endedWhileSold("refund", "by the outbox", (sold) => {
      sold.away = true;
    });
    await sell();
    stock.away = false;
    await pass(300);
    expect([tea(), (await order()).outbox]).toEqual([back, []]);
  });

  test("goes back later when whoever sold it at that moment died, and an operator sees that", async () => {
    const { payments, stock, callOff, pass, tea, orderId, seen } = await paidOrder();
    payments.refundsEnd = "refunding";
    await callOff();
    await pass(0);
    await stock.commit(orderId);
    await pass(60);
    await pass(600);
    expect(tea()).toEqual(back);
    expect(seen.findings).toEqual([{ kind: "sold_though_cancelled", outcome: "repaired", orderId }]);
  });
});

describe("an order that waits for its payment, whose money goes back before it heard of it", () => {
  const ends = [
    { status: "refunding", end: "cancelled" },
    { status: "refunded", end: "refunded" },
  ] as const;

  test.each(ends)("gives its items back soon: it is $status", async ({ status, end }) => {
    const { payments, orderId, pass, order, stock } = await waitingOrder();
    payments.statuses.set(orderId, status);
    await pass(60);
    expect([(await order()).status, stock.left.get("tea")]).toEqual([end, 10]);
  });

  test.each(ends)("ends with its time at the latest: it is $status", async ({ status, end }) => {
    const { payments, orderId, pass, order, stock } = await waitingOrder();
    await pass(1_799);
    payments.statuses.set(orderId, status);
    await pass(1);
    expect([(await order()).status, stock.left.get("tea")]).toEqual([end, 10]);
  });

  test("owes the money again when the provider's refund comes to nothing", async () => {
    const { payments, orderId, pass, status, refunds } = await waitingOrder();
    payments.statuses.set(orderId, "refunding");
    await pass(60);
    payments.statuses.set(orderId, "paid");
    await pass(600);
    expect([await status(), refunds()]).toEqual(["refunded", 1]);
  });
});
