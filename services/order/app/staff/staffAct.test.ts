import { describe, expect, test } from "vitest";
import { AppError } from "#common/errors";
import { actOf, eur, staffedShop } from "../../testing/staff.ts";

const conflict = { name: "AppError", kind: "conflict" };

describe("an act", () => {
  test("and its record are one write: whatever is stored of one is stored of the other", async () => {
    const { staff, on, orders, order, acts } = await staffedShop();
    const { update } = orders;
    orders.update = async (id, change) => {
      await update(id, (current) => {
        change(current);
        return false;
      });
      throw new AppError("unavailable", "the process was killed before the write");
    };
    const refund = { ...on(), amount: eur(100) };
    await expect(staff.refund(refund)).rejects.toMatchObject({ kind: "unavailable" });
    expect([(await order()).refunds, await acts()]).toEqual([undefined, []]);
    orders.update = async (id, change) => {
      await update(id, change);
      throw new AppError("unavailable", "the process was killed after the write");
    };
    await expect(staff.refund(refund)).rejects.toMatchObject({ kind: "unavailable" });
    expect([(await order()).refunds?.length, (await acts()).length]).toEqual([1, 1]);
  });

  test("tells who did what, why, and what it changed", async () => {
    const { staff, on, acts, orderId } = await staffedShop();
    const wish = on();
    await staff.cancel({ ...wish, act: { ...wish.act, reason: "no gas" } });
    const [record] = await acts();
    expect(record).toMatchObject({
      id: wish.act.requestId,
      subject: "eve",
      name: "eve's name",
      action: "order.cancel",
      target: orderId,
      reason: "no gas",
      refusal: "",
    });
    expect(JSON.parse(record?.before ?? "")).toMatchObject({ status: "paid", refunds: [] });
    expect(JSON.parse(record?.after ?? "")).toMatchObject({
      status: "cancelled",
      refunds: [{ id: wish.act.requestId, amount: eur(500), status: "refunding" }],
    });
  });

  test("that is repeated changes nothing more and is answered as the first, also many at once", async () => {
    const { staff, on, order, acts, cook } = await staffedShop();
    await cook();
    const wish = { ...on(), amount: eur(200) };
    const answers = await Promise.all([1, 2, 3, 4].map(() => staff.refund(wish)));
    for (const answer of answers) expect(answer.refunds).toMatchObject([{ id: wish.act.requestId, amount: eur(200) }]);
    expect([(await order()).refunds?.length, (await acts()).length]).toEqual([1, 1]);
    await expect(staff.cancel(wish)).rejects.toMatchObject(conflict);
  });

  test("has a request id of its own: nobody else's, no other order's and no other wish is answered by it", async () => {
    const { app, staff, on, order, acts, cook } = await staffedShop();
    await cook();
    const done = { ...on(), amount: eur(200) };
    await staff.refund(done);
    const refused = { ...on(), amount: eur(900) };
    await expect(staff.refund(refused)).rejects.toThrow("Only €3.00");
    const another = [
      (wish: typeof done) => staff.refund({ ...wish, act: { ...wish.act, subject: "bob" } }),
      (wish: typeof done) => staff.refund({ ...wish, act: { ...wish.act, reason: "cold" } }),
      (wish: typeof done) => staff.refund({ ...wish, amount: eur(100) }),
      (wish: typeof done) => staff.announce(wish),
    ];
    for (const ask of another)
      for (const wish of [done, refused])
        await expect(ask(wish)).rejects.toMatchObject({ ...conflict, message: expect.stringMatching(/another act/) });
    const elsewhere = { ...refused, orderId: "nobody's" };
    await expect(app.staff.refund(elsewhere)).rejects.toMatchObject({ message: expect.stringMatching(/another act/) });
    expect([(await order()).refunds?.length, (await acts()).length]).toEqual([1, 2]);
    expect((await staff.refund({ ...done, act: { ...done.act, name: "Eve, née Adams" } })).refunds).toHaveLength(1);
  });

  test("that is refused changes nothing, is recorded once with its refusal, and is refused again", async () => {
    const { staff, on, order, acts, cook } = await staffedShop();
    const tooMuch = { ...on(), amount: eur(501) };
    await expect(staff.refund(tooMuch)).rejects.toMatchObject(conflict);
    await cook();
    const before = await order();
    await expect(staff.refund({ ...tooMuch, amount: eur(1) })).rejects.toMatchObject(conflict);
    await expect(staff.cancel({ act: actOf(), orderId: "nobody's" })).rejects.toMatchObject({ kind: "not_found" });
    expect(await order()).toEqual(before);
    const records = await acts();
    expect(records.map(({ refusal }) => refusal.length > 0)).toEqual([true, true]);
    expect(records.map(({ action, target }) => `${action} ${target}`)).toContain("order.cancel nobody's");
  });
});
