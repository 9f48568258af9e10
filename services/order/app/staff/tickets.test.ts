import { describe, expect, test } from "vitest";
import { noon } from "../../testing/orders.ts";
import { staffedShop } from "../../testing/staff.ts";

const conflict = { name: "AppError", kind: "conflict" };

describe("the board", () => {
  test("shows a paid order until its meal is finished for so long, and a cook takes, ticks and finishes it", async () => {
    const { staff, on, take, order, clock } = await staffedShop();
    const shown = async () => (await staff.listTickets({ finishedWithinSeconds: 60 })).map(({ status }) => status);
    expect(await shown()).toEqual(["paid"]);
    await take();
    expect((await order()).claim).toEqual({ by: "staff:eve", until: new Date(noon + 600_000) });
    await staff.tickDish({ ...on(), productId: "tea", done: true });
    expect([(await order()).ticked, await shown()]).toEqual([["tea"], ["cooking"]]);
    await staff.finishTicket(on());
    expect((await order()).history.at(-1)).toMatchObject({ status: "ready", by: "staff:eve" });
    expect(await shown()).toEqual(["ready"]);
    clock.now += 61_000;
    expect(await shown()).toEqual([]);
  });

  test("a ticket is one cook's: another neither takes nor finishes it, and no kitchen claims it", async () => {
    const { app, staff, on, take, status } = await staffedShop();
    await take();
    await expect(take("bob")).rejects.toMatchObject(conflict);
    await expect(staff.finishTicket(on("bob"))).rejects.toMatchObject(conflict);
    expect(await app.claimTickets({ kitchenId: "k", count: 1, leaseSeconds: 60 })).toEqual([]);
    expect((await take()).claim?.by).toBe("staff:eve");
    expect(await status()).toBe("cooking");
  });

  test("what was touched by mistake is taken back: a claim, and a finished meal for a minute", async () => {
    const { staff, on, take, status, order, clock } = await staffedShop();
    await take();
    await staff.takeBackTicket(on());
    expect([await status(), (await order()).claim]).toEqual(["paid", undefined]);
    await take();
    await staff.finishTicket(on());
    clock.now += 60_000;
    await staff.takeBackTicket(on());
    expect([await status(), (await order()).claim?.by]).toEqual(["cooking", "staff:eve"]);
    await staff.finishTicket(on());
    clock.now += 60_001;
    await expect(staff.takeBackTicket(on())).rejects.toMatchObject(conflict);
  });

  test("a dish that is not of the order, or that nobody cooks, is not ticked", async () => {
    const { staff, on, take } = await staffedShop();
    const tick = (productId: string) => staff.tickDish({ ...on(), productId, done: true });
    await expect(tick("tea")).rejects.toMatchObject(conflict);
    await take();
    await expect(tick("cake")).rejects.toMatchObject({ kind: "invalid" });
  });
});
