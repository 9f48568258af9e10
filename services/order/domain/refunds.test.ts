import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { after as lived, placed, sold, stamp, type Verb, verbs } from "../testing/orders.ts";
import type { Order } from "./order.ts";
import { leftOf, refundsOf } from "./refunds.ts";

const ready: readonly Verb[] = ["requestPayment", "pay", "claimFor", "markReady"];
const conflict = expect.objectContaining({ kind: "conflict" });
const eur = (amount: number) => ({ amount, currency: "eur" });
const give = (order: Order, id: string, amount?: number) =>
  order.giveBack({ id, by: "staff:eve", reason: "cold", ...(amount && { amount: eur(amount) }) }, stamp(9));
const left = (order: Order) => leftOf(order.snapshot).amount;
const types = (order: Order) => order.snapshot.outbox.map(({ type }) => type);

describe("refunds of a meal that is ready", () => {
  test("add up to its total at most, and the last of them makes it refunded once all of it is back", () => {
    const order = lived(...ready);
    expect([give(order, "a", 200), give(order, "b", 100), left(order)]).toEqual([true, true, 200]);
    expect(() => give(order, "c", 201)).toThrow(conflict);
    expect(give(order, "c")).toBe(true);
    expect([left(order), types(order)]).toEqual([0, ["sale", "partial_refund", "partial_refund", "partial_refund"]]);
    expect(() => give(order, "d")).toThrow(conflict);
    for (const id of ["a", "b"]) order.recordRefunds([{ id, amount: eur(0), status: "succeeded" }], stamp(10));
    expect(order.snapshot.status).toBe("ready");
  });

  test("are asked for once an id, however often", () => {
    const order = lived(...ready);
    expect([give(order, "a", 200), give(order, "a", 200), left(order)]).toEqual([true, false, 300]);
  });

  test("that failed leave their money to be given back again, and are shown to an operator until somebody does", () => {
    const order = lived(...ready);
    give(order, "a");
    order.recordRefunds([{ id: "a", amount: eur(500), status: "failed" }], stamp(10));
    expect(order.snapshot).toMatchObject({ status: "ready", stuck: [{ id: "a" }], refunds: [{ status: "failed" }] });
    expect([left(order), types(order)]).toEqual([500, ["sale"]]);
    expect(() => order.announce(stamp(11))).not.toThrow();
    expect(order.snapshot.stuck).toHaveLength(1);
    expect(give(order, "b")).toBe(true);
    expect(order.snapshot).not.toHaveProperty("stuck");
  });
});

test.each([
  ["isk", 149_000, "ISK 1,490"],
  ["huf", 149_000, "HUF 1,490"],
  ["jpy", 1_490, "¥1,490"],
  ["kwd", 1_490, "KWD 1.490"],
])("who gives back more %s than are left reads how much that is as people write it", (currency, amount, text) => {
  const order = placed({ lines: [sold("tea", 1, { amount, currency })] });
  for (const verb of ready) verbs[verb](order, stamp(1));
  const wish = { id: "a", by: "staff:eve", reason: "", amount: { amount: amount + 100, currency } } as const;
  let refusal = "";
  try {
    order.giveBack(wish, stamp(9));
  } catch (error) {
    refusal = String(error).replaceAll(/\s/g, " ");
  }
  expect(refusal).toContain(`Only ${text} is left to give back`);
});

test.each([0, -1, 0.5, Number.NaN, 2 ** 53])("a refund of %s is invalid", (amount) => {
  const wish = { id: "a", by: "staff:eve", reason: "", amount: eur(amount) } as const;
  const invalid = expect.objectContaining({ kind: "invalid" });
  expect(() => lived(...ready).giveBack(wish, stamp(9))).toThrow(invalid);
});

test("a refund in another currency is invalid; one of an order that nobody paid is refused", () => {
  const order = lived(...ready);
  const wish = { id: "a", by: "staff:eve", reason: "", amount: { amount: 1, currency: "usd" } } as const;
  expect(() => order.giveBack(wish, stamp(9))).toThrow(expect.objectContaining({ kind: "invalid" }));
  for (const unpaid of [lived(), lived("requestPayment"), lived("cancel")])
    expect(() => give(unpaid, "a")).toThrow(conflict);
});

test("a refund finer than banks count in a currency is invalid; one that they count is made", () => {
  const dinars = (amount: number) => ({ amount, currency: "kwd" });
  const order = placed({ lines: [sold("tea", 1, dinars(1_500))] });
  order.pay(stamp(8));
  const giveDinars = (id: string, amount: number) =>
    order.giveBack({ id, by: "staff:eve", reason: "", amount: dinars(amount) }, stamp(9));
  expect(() => giveDinars("a", 1_005)).toThrow(expect.objectContaining({ kind: "invalid" }));
  expect([giveDinars("b", 1_010), left(order)]).toEqual([true, 490]);
});

test("a part of a meal that waits lets it be cooked; all of it does not, nor once it is on its way from elsewhere", () => {
  const order = lived("requestPayment", "pay");
  give(order, "a", 100);
  expect(order.cookableSince).toBeDefined();
  const elsewhere = lived("requestPayment", "pay");
  elsewhere.recordRefunds([{ id: "re_1", amount: eur(500), status: "refunding" }], stamp(8));
  expect([elsewhere.snapshot.status, elsewhere.cookableSince]).toEqual(["paid", undefined]);
  give(order, "b");
  expect([order.cookableSince, types(order)]).toEqual([undefined, ["partial_refund", "refund", "sale"]]);
});

test("a dispute that is won leaves the order as if it had never been, unless the money is owed", () => {
  const news = (status: "refunding" | "failed") => [{ id: "dp_1", amount: eur(500), status }];
  const order = lived("requestPayment", "pay");
  order.recordRefunds(news("refunding"), stamp(8));
  order.recordRefunds(news("failed"), stamp(9));
  expect([order.cookableSince !== undefined, left(order), order.snapshot.stuck]).toEqual([true, 500, undefined]);
  expect(order.recordRefunds(news("failed"), stamp(10))).toBe(false);
  const cancelled = lived("requestPayment", "pay");
  cancelled.recordRefunds(news("refunding"), stamp(8));
  cancelled.callOff("staff:eve", { id: "r", reason: "" }, "c", stamp(9));
  cancelled.recordRefunds(news("failed"), stamp(10));
  expect(cancelled.snapshot.stuck).toHaveLength(1);
});

test("of an order whose money is all back nobody owes what came to nothing, nor what was refused before", () => {
  const paid = lived("requestPayment", "pay", "claimFor", "markReady");
  give(paid, "a");
  paid.recordRefunds([{ id: "a", amount: eur(500), status: "failed" }], stamp(10));
  expect(paid.snapshot.stuck).toHaveLength(1);
  paid.recordRefunds([{ id: "re_1", amount: eur(500), status: "succeeded" }], stamp(11));
  expect(paid.snapshot).toMatchObject({ status: "refunded" });
  expect(paid.snapshot).not.toHaveProperty("stuck");
  for (const status of ["refunding", "failed"] as const)
    paid.recordRefunds([{ id: "du_1", amount: eur(70), status }], stamp(12));
  expect(paid.snapshot).not.toHaveProperty("stuck");
  expect(paid.snapshot.refunds?.map(({ id }) => id)).toEqual(["a", "re_1"]);
});

test("money that was back and comes back to the shop is owed again, and an operator hears of it", () => {
  const order = lived("requestPayment", "pay", "claimFor", "markReady");
  order.recordRefunds([{ id: "re_1", amount: eur(500), status: "succeeded" }], stamp(10));
  order.recordRefunds([{ id: "re_1", amount: eur(500), status: "failed" }], stamp(11));
  expect(order.snapshot).toMatchObject({ status: "refunded", stuck: [{ id: "re_1" }] });
});

test("a refund that fails leaves a meal to be cooked, and what it held to be sold", () => {
  const order = lived("requestPayment", "pay");
  give(order, "a");
  order.closeEntry("sale");
  order.recordRefunds([{ id: "a", amount: eur(500), status: "failed" }], stamp(10));
  expect([order.snapshot.status, types(order)]).toEqual(["paid", ["sale"]]);
  expect(order.cookableSince).toBeDefined();
});

test("money that is all back at the provider ends whatever is not over, and a repeat changes nothing", () => {
  for (const life of [["pay"], ["pay", "claimFor"], ready, ["cancel", "oweRefund"], ["pay", "oweRefund"]] as Verb[][]) {
    const order = lived(...life);
    const news = [{ id: "re_1", amount: eur(500), status: "succeeded" }] as const;
    expect([order.recordRefunds(news, stamp(10)), order.snapshot.status]).toEqual([true, "refunded"]);
    expect(order.recordRefunds(news, stamp(11))).toBe(false);
    expect([left(order), types(order).includes("refund")]).toEqual([0, false]);
  }
});

test("a ready order with a part back at the provider stays ready, and says so", () => {
  const order = lived(...ready);
  order.recordRefunds([{ id: "re_1", amount: eur(200), status: "succeeded" }], stamp(10));
  expect(order.snapshot).toMatchObject({ status: "ready", refunds: [{ id: "re_1", by: "provider" }] });
  expect(left(order)).toBe(300);
});

test("an order whose money was back before it heard of its payment is refunded as soon as it hears of it", () => {
  const order = lived("requestPayment");
  order.recordRefunds([{ id: "re_1", amount: eur(500), status: "succeeded" }], stamp(3));
  expect(order.pay(stamp(4))).toBe(true);
  expect(order.snapshot.status).toBe("refunded");
});

test("a refund that fails after its order was refunded is shown to an operator, who gives it back once more", () => {
  const order = lived("requestPayment", "pay");
  give(order, "a");
  order.recordRefunds([{ id: "a", amount: eur(500), status: "succeeded" }], stamp(10));
  expect([order.snapshot.status, left(order)]).toEqual(["refunded", 0]);
  expect(order.recordRefunds([{ id: "a", amount: eur(500), status: "failed" }], stamp(11))).toBe(true);
  expect(order.snapshot).toMatchObject({ status: "refunded", stuck: [{ id: "a" }] });
  expect([left(order), give(order, "b"), left(order)]).toEqual([500, true, 0]);
  order.recordRefunds([{ id: "b", amount: eur(500), status: "succeeded" }], stamp(12));
  expect(order.snapshot).toMatchObject({
    status: "refunded",
    refunds: [{ status: "failed" }, { status: "succeeded" }],
  });
  expect([order.snapshot.stuck, types(order).filter((type) => type !== "sale")]).toEqual([undefined, []]);
});

test("what the version before refunded is back, though it wrote no refund down or left it as it was", () => {
  const { refunds: _, ...old } = lived("pay", "refund").snapshot;
  expect(refundsOf(old)).toMatchObject([{ amount: eur(500), status: "succeeded", by: "operator" }]);
  const { refunds: left = [] } = lived("pay", "oweRefund").snapshot;
  const done = { ...lived("pay", "refund").snapshot, refunds: left };
  expect(refundsOf(done)).toMatchObject([{ amount: eur(500), status: "succeeded" }]);
  expect([leftOf(old).amount, leftOf(done).amount]).toEqual([0, 0]);
});

test("a paid order that staff cancel is not cooked, and what is left of its money goes back; an unpaid one owes none", () => {
  for (const life of [["pay"], ["pay", "claimFor"]] as Verb[][]) {
    const order = lived(...life);
    give(order, "a", 100);
    expect(verbs.callOff(order, stamp(9))).toBe(true);
    expect(order.snapshot.history.at(-1)).toMatchObject({ status: "cancelled", by: "staff:eve", reason: "staff" });
    expect(types(order)).toEqual(["partial_refund", "order.cancelled", "refund"]);
    expect(order.snapshot.refunds?.at(-1)).toMatchObject({ amount: eur(400), status: "refunding" });
    expect([order.cookableSince, verbs.callOff(order, stamp(10))]).toEqual([undefined, false]);
  }
  const unpaid = lived("requestPayment");
  verbs.callOff(unpaid, stamp(9));
  expect(types(unpaid)).toEqual(["order.cancelled"]);
  expect(() => verbs.callOff(lived(...ready), stamp(9))).toThrow(conflict);
});

test("whatever is given back, and however it ends, never more than the total is back or on its way by our own doing", () => {
  const amounts = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.constantFrom("succeeded", "failed", "waits")));
  fc.assert(
    fc.property(amounts, (wishes) => {
      const order = lived(...ready);
      for (const [index, [amount, end]] of wishes.entries()) {
        const id = `r${index}`;
        try {
          give(order, id, amount);
        } catch (error) {
          expect(error).toMatchObject({ kind: "conflict" });
          continue;
        }
        if (end === "waits") continue;
        order.recordRefunds([{ id, amount: eur(amount), status: end as "succeeded" | "failed" }], stamp(10));
      }
      const { refunds = [], status } = order.snapshot;
      const given = refunds.filter((one) => one.status !== "failed").reduce((sum, one) => sum + one.amount.amount, 0);
      const back = refunds.filter((one) => one.status === "succeeded").reduce((sum, one) => sum + one.amount.amount, 0);
      expect(given).toBeLessThanOrEqual(500);
      expect(status).toBe(back === 500 ? "refunded" : "ready");
    }),
  );
});
