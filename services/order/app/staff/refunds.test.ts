import { describe, expect, test } from "vitest";
import { waitingOrder } from "../../testing/app.ts";
import { actOf, eur, staffedShop } from "../../testing/staff.ts";

const conflict = { name: "AppError", kind: "conflict" };

describe("money", () => {
  test("of a paid order that staff cancel goes back, and it is not cooked", async () => {
    const { app, staff, on, pass, order, payments, orderId, seen } = await staffedShop();
    await staff.cancel(on());
    expect(await app.claimTickets({ kitchenId: "k", count: 1, leaseSeconds: 60 })).toEqual([]);
    await pass(0);
    await pass(3_600);
    expect(await order()).toMatchObject({ status: "refunded", outbox: [], refunds: [{ status: "succeeded" }] });
    expect((await order()).stuck).toBeUndefined();
    expect([payments.statuses.get(orderId), seen.findings]).toEqual(["refunded", []]);
  });

  test("of an unpaid order that staff cancel is nobody's: its items go back", async () => {
    const { app, orderId, pass, order, reservation, payments } = await waitingOrder();
    await app.staff.cancel({ act: actOf(), orderId });
    await pass(0);
    expect([(await order()).status, reservation(), payments.refunds.size]).toEqual(["cancelled", "released", 0]);
    expect((await order()).refunds).toBeUndefined();
  });

  test("goes back in parts, asked for at payment by id and amount, and a ready meal stays ready until all is back", async () => {
    const { staff, on, cook, pass, status, payments, order } = await staffedShop();
    await cook();
    const parts = [{ ...on(), amount: eur(200) }, { ...on("bob"), amount: eur(100) }, on()];
    for (const [index, wish] of parts.entries()) {
      await staff.refund(wish);
      await pass(0);
      expect(await status()).toBe(index < 2 ? "ready" : "refunded");
    }
    const asked = parts.map(({ act: { requestId } }) => payments.refunds.get(requestId)?.amount);
    expect([asked, (await order()).outbox]).toEqual([[200, 100, 200], []]);
  });

  test("that the provider takes its time with is asked about ever more seldom, and alarms nobody", async () => {
    const { staff, on, cook, pass, payments, refunds, order, orders, seen } = await staffedShop();
    await cook();
    payments.refundsEnd = "refunding";
    await staff.refund(on());
    await pass(0);
    expect(await orders.outboxDepth()).toEqual({ entries: 0, oldestAt: undefined });
    for (let minute = 0; minute < 48 * 60; minute += 5) await pass(300);
    expect(refunds()).toBeLessThan(70);
    expect([(await order()).status, seen.findings]).toEqual(["ready", []]);
    for (const refund of payments.refunds.values()) refund.status = "succeeded";
    await pass(3_600);
    expect((await order()).status).toBe("refunded");
  });

  test("that the provider refuses to give back is an operator's: said once, counted, and never tried again by itself", async () => {
    const { app, staff, on, cook, pass, payments, refunds, order, orders, orderId, seen } = await staffedShop();
    await cook();
    payments.refundsEnd = "failed";
    await staff.refund(on());
    for (let minute = 0; minute < 60; minute += 5) await pass(300);
    expect(seen.findings).toEqual([{ kind: "refund_failed", outcome: "reported", orderId }]);
    expect([refunds(), [...(await orders.stuck())]]).toEqual([1, [["partial_refund", 1]]]);
    expect((await order()).refunds).toMatchObject([{ status: "failed" }]);
    payments.refundsEnd = "succeeded";
    await app.staff.refund(on());
    await pass(0);
    expect([(await order()).status, [...(await orders.stuck())]]).toEqual(["refunded", []]);
  });

  test("that was given back at the provider stops the cooking, and what came to nothing there does not", async () => {
    const { app, orderId, order, take, seen } = await staffedShop();
    await take();
    const told = (id: string, status: "succeeded" | "failed", amount = 500) =>
      app.recordRefunds({ orderId, refunds: [{ id, status, amount: eur(amount) }] });
    for (let times = 0; times < 3; times++) await told("re_0", "failed", 100);
    expect([seen.findings, (await order()).status]).toEqual([[], "cooking"]);
    await told("re_1", "succeeded");
    expect((await order()).status).toBe("refunded");
    await expect(app.staff.finishTicket({ act: actOf(), orderId })).rejects.toMatchObject(conflict);
  });
});
