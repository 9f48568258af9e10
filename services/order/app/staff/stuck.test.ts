import { describe, expect, test } from "vitest";
import { AppError } from "#common/errors";
import { waitingOrder } from "../../testing/app.ts";
import { actOf, staffedShop } from "../../testing/staff.ts";

const conflict = { name: "AppError", kind: "conflict" };

describe("what came to nothing", () => {
  test("a meal that was cooked and cannot be sold is said once, and sold when an operator has it tried again", async () => {
    const { app, cook, pass, stock, orderId, order, orders, seen, takeMoney, pay } = await waitingOrder();
    takeMoney();
    stock.away = true;
    await pay().catch(() => undefined);
    stock.away = false;
    await cook();
    await stock.release(orderId);
    stock.left.set("tea", 0);
    for (let hour = 0; hour < 24; hour++) await pass(3_600);
    expect(seen.findings).toEqual([{ kind: "not_sold", outcome: "reported", orderId }]);
    expect([[...(await orders.stuck())], (await orders.outboxDepth()).entries]).toEqual([[["sale", 1]], 0]);
    stock.left.set("tea", 10);
    await app.staff.announce({ act: actOf(), orderId });
    await pass(0);
    expect(stock.held.get(orderId)?.status).toBe("committed");
    expect([(await order()).outbox, [...(await orders.stuck())]]).toEqual([[], []]);
    await expect(app.staff.announce({ act: actOf(), orderId })).rejects.toMatchObject(conflict);
  });

  test.each([
    ["refused", "not_found", 3_600],
    ["unanswered", "unavailable", 24 * 3_600],
  ] as const)("an entry that is %s is given up in the end, and said once", async (_, kind, seconds) => {
    const { staff, on, cook, pass, payments, orders, orderId, seen } = await staffedShop();
    await cook();
    payments.refund = async () => {
      throw new AppError(kind, "no");
    };
    await staff.refund(on());
    for (let past = 0; past < seconds - 600; past += 300) await pass(300);
    expect(seen.findings).toEqual([]);
    for (let past = 0; past < 7_200; past += 300) await pass(300);
    expect(seen.findings).toEqual([{ kind: "given_up", outcome: "reported", orderId }]);
    expect([[...(await orders.stuck())], (await orders.outboxDepth()).entries]).toEqual([[["partial_refund", 1]], 0]);
  });
});
