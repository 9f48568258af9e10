import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { forCaller } from "#common/caller";
import { AppError } from "#common/errors";
import { keptSpans } from "#common/testing/spans";
import { waitingOrder } from "../../testing/app.ts";
import { noon, placed } from "../../testing/orders.ts";

// What carries a context through what is waited for.
keptSpans();

const conflict = { name: "AppError", kind: "conflict" };
const act = (subject = "eve", requestId: string = randomUUID()) => ({
  requestId,
  subject,
  name: `${subject}'s name`,
  reason: "",
});
const eur = (amount: number) => ({ amount, currency: "eur" });
const page = { limit: 100 };

/** A paid order and staff. */
async function shop() {
  const made = await waitingOrder();
  const { app, orderId, taken, pay } = made;
  taken();
  await pay();
  const on = (subject?: string, requestId?: string) => ({ act: act(subject, requestId), orderId });
  const acts = () => made.orders.acts({}, page);
  const take = (subject?: string) => app.staff.takeTicket({ ...on(subject), leaseSeconds: 600 });
  return { ...made, staff: app.staff, on, acts, take };
}

describe("the board", () => {
  test("shows a paid order until its meal is finished for so long, and a cook takes, ticks and finishes it", async () => {
    const { staff, on, take, order, clock } = await shop();
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
    const { app, staff, on, take, status } = await shop();
    await take();
    await expect(take("bob")).rejects.toMatchObject(conflict);
    await expect(staff.finishTicket(on("bob"))).rejects.toMatchObject(conflict);
    expect(await app.claimTickets({ kitchenId: "k", count: 1, leaseSeconds: 60 })).toEqual([]);
    expect((await take()).claim?.by).toBe("staff:eve");
    expect(await status()).toBe("cooking");
  });

  test("what was touched by mistake is taken back: a claim, and a finished meal for a minute", async () => {
    const { staff, on, take, status, order, clock } = await shop();
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
    const { staff, on, take } = await shop();
    const tick = (productId: string) => staff.tickDish({ ...on(), productId, done: true });
    await expect(tick("tea")).rejects.toMatchObject(conflict);
    await take();
    await expect(tick("cake")).rejects.toMatchObject({ kind: "invalid" });
  });
});

describe("an act", () => {
  test("and its record are one write: whatever is stored of one is stored of the other", async () => {
    const { staff, on, orders, order, acts } = await shop();
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
    const { staff, on, acts, orderId } = await shop();
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
    const { staff, on, order, acts, cook } = await shop();
    await cook();
    const wish = { ...on(), amount: eur(200) };
    const answers = await Promise.all([1, 2, 3, 4].map(() => staff.refund(wish)));
    for (const answer of answers) expect(answer.refunds).toMatchObject([{ id: wish.act.requestId, amount: eur(200) }]);
    expect([(await order()).refunds?.length, (await acts()).length]).toEqual([1, 1]);
    await expect(staff.cancel(wish)).rejects.toMatchObject(conflict);
  });

  test("has a request id of its own: nobody else's, no other order's and no other wish is answered by it", async () => {
    const { app, staff, on, order, acts, cook } = await shop();
    await cook();
    const done = { ...on(), amount: eur(200) };
    await staff.refund(done);
    const refused = { ...on(), amount: eur(900) };
    await expect(staff.refund(refused)).rejects.toThrow("Only 300 eur");
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
    const { staff, on, order, acts, cook } = await shop();
    const tooMuch = { ...on(), amount: eur(501) };
    await expect(staff.refund(tooMuch)).rejects.toMatchObject(conflict);
    await cook();
    const before = await order();
    await expect(staff.refund({ ...tooMuch, amount: eur(1) })).rejects.toMatchObject(conflict);
    await expect(staff.cancel({ act: act(), orderId: "nobody's" })).rejects.toMatchObject({ kind: "not_found" });
    expect(await order()).toEqual(before);
    const records = await acts();
    expect(records.map(({ refusal }) => refusal.length > 0)).toEqual([true, true]);
    expect(records.map(({ action, target }) => `${action} ${target}`)).toContain("order.cancel nobody's");
  });
});

describe("money", () => {
  test("of a paid order that staff cancel goes back, and it is not cooked", async () => {
    const { app, staff, on, pass, order, payments, orderId, seen } = await shop();
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
    await app.staff.cancel({ act: act(), orderId });
    await pass(0);
    expect([(await order()).status, reservation(), payments.refunds.size]).toEqual(["cancelled", "released", 0]);
    expect((await order()).refunds).toBeUndefined();
  });

  test("goes back in parts, asked for at payment by id and amount, and a ready meal stays ready until all is back", async () => {
    const { staff, on, cook, pass, status, payments, order } = await shop();
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
    const { staff, on, cook, pass, payments, refunds, order, orders, seen } = await shop();
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
    const { app, staff, on, cook, pass, payments, refunds, order, orders, orderId, seen } = await shop();
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
    const { app, orderId, order, take, seen } = await shop();
    await take();
    const told = (id: string, status: "succeeded" | "failed", amount = 500) =>
      app.recordRefunds({ orderId, refunds: [{ id, status, amount: eur(amount) }] });
    for (let times = 0; times < 3; times++) await told("re_0", "failed", 100);
    expect([seen.findings, (await order()).status]).toEqual([[], "cooking"]);
    await told("re_1", "succeeded");
    expect((await order()).status).toBe("refunded");
    await expect(app.staff.finishTicket({ act: act(), orderId })).rejects.toMatchObject(conflict);
  });
});

describe("what came to nothing", () => {
  test("a meal that was cooked and cannot be sold is said once, and sold when an operator has it tried again", async () => {
    const { app, cook, pass, stock, orderId, order, orders, seen, taken, pay } = await waitingOrder();
    taken();
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
    await app.staff.announce({ act: act(), orderId });
    await pass(0);
    expect(stock.held.get(orderId)?.status).toBe("committed");
    expect([(await order()).outbox, [...(await orders.stuck())]]).toEqual([[], []]);
    await expect(app.staff.announce({ act: act(), orderId })).rejects.toMatchObject(conflict);
  });

  test.each([
    ["refused", "not_found", 3_600],
    ["unanswered", "unavailable", 24 * 3_600],
  ] as const)("an entry that is %s is given up in the end, and said once", async (_, kind, seconds) => {
    const { staff, on, cook, pass, payments, orders, orderId, seen } = await shop();
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

test("takings are read on for nobody who has given up", async () => {
  const { app, orders } = await shop();
  const gone = new AbortController();
  let pages = 0;
  orders.search = async (_, { limit }) => {
    if (++pages === 2) gone.abort();
    return pages < 5 ? Array.from({ length: limit }, () => placed()) : [];
  };
  const asked = forCaller(gone.signal, () => app.staff.takings({ from: new Date(noon), until: new Date(noon + 1) }));
  await expect(asked).rejects.toMatchObject({ kind: "unavailable" });
  expect(pages).toBe(2);
});

test("takings are by the hour that the money came and went in, and by dish; at most 31 days", async () => {
  const { app, staff, on, pass, clock } = await shop();
  clock.now += 2 * 3_600_000;
  await staff.refund({ ...on(), amount: eur(200) });
  await pass(0);
  const [from, until] = [new Date(noon), new Date(noon + 24 * 3_600_000)];
  expect(await app.staff.takings({ from, until })).toEqual({
    hours: [
      { hour: from, orders: 1, taken: eur(500), refunded: eur(0) },
      { hour: new Date(noon + 7_200_000), orders: 0, taken: eur(0), refunded: eur(200) },
    ],
    dishes: [{ productId: "tea", name: "tea", units: 2, taken: eur(500) }],
    means: [{ means: "", orders: 1, taken: eur(500), refunded: eur(200) }],
  });
  const later = { from: new Date(noon + 7_200_000), until: new Date(noon + 32 * 24 * 3_600_000) };
  await expect(app.staff.takings(later)).rejects.toMatchObject({ kind: "invalid" });
  expect((await app.staff.takings({ ...later, until })).hours).toHaveLength(1);
});
