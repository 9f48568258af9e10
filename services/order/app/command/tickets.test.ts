import { describe, expect, test, vi } from "vitest";
import { AppError } from "#common/errors";
import { orderApp, wish } from "../../testing/app.ts";
import { fakeStock } from "../../testing/fakes.ts";

/** A shop with so many paid orders, a second apart. */
async function shop(paid: number) {
  const parts = orderApp({ stock: fakeStock({ tea: 1_000 }) });
  const ids: string[] = [];
  for (let index = 0; index < paid; index++) {
    const { id: orderId, total } = await parts.app.createOrder(wish({ tea: 1 }, `key-${index}`));
    await parts.app.payOrder({ orderId, amount: total });
    parts.clock.now += 1_000;
    ids.push(orderId);
  }
  const claim = async (kitchenId: string, count: number, leaseSeconds = 60) =>
    (await parts.app.claimTickets({ kitchenId, count, leaseSeconds })).map(({ id }) => id);
  return { ...parts, ids, claim };
}

describe("claimTickets", () => {
  test("first paid is first cooked, and no more than there are cooks", async () => {
    const { claim, ids } = await shop(5);
    expect(await claim("one", 2)).toEqual(ids.slice(0, 2));
    expect(await claim("two", 10)).toEqual(ids.slice(2));
    expect(await claim("two", 10)).toEqual([]);
  });

  test("kitchens that claim at once share the orders, and none gets another one's", async () => {
    const { claim, ids } = await shop(30);
    const claims = await Promise.all(["one", "two", "three"].map((kitchenId) => claim(kitchenId, 10)));
    expect(claims.map(({ length }) => length)).toEqual([10, 10, 10]);
    expect(claims.flat().toSorted()).toEqual(ids.toSorted());
  });

  test("what a replica of the order service took from the list meanwhile is made up for by the next", async () => {
    const { claim, ids, orders, app } = await shop(4);
    const { cookable } = orders;
    orders.cookable = async (now, limit) => {
      orders.cookable = cookable;
      const found = await cookable(now, limit);
      const other = { by: "another", until: new Date(now.getTime() + 60_000) };
      await orders.update(found[0]?.snapshot.id ?? "", (order) => order.claimFor(other, { at: now, traceId: "" }));
      return found;
    };
    expect(await claim("one", 3)).toEqual(ids.slice(1));
    expect((await app.getOrder({ orderId: ids[0] ?? "" })).claim?.by).toBe("another");
  });

  test("what was claimed is the kitchen's, although the store fails with another one", async () => {
    const { claim, ids, orders } = await shop(3);
    const { update } = orders;
    const failing = new Set(ids.slice(1, 2));
    orders.update = async (id, change) => {
      if (failing.has(id)) throw new AppError("unavailable", "Others keep changing this order. Try again.");
      return update(id, change);
    };
    expect(await claim("one", 3)).toEqual([ids[0], ids[2]]);
    expect(await claim("two", 3)).toEqual([]);
    failing.clear();
    expect(await claim("two", 3)).toEqual([ids[1]]);
  });

  test("tickets that cannot be claimed keep none that was paid after them, for however few cooks", async () => {
    const { claim, ids, orders, clock } = await shop(13);
    const { update } = orders;
    const hopeless = new Set(ids.slice(0, 10));
    orders.update = async (id, change) => {
      if (hopeless.has(id)) throw new AppError("unavailable", "Others keep changing this order. Try again.");
      return update(id, change);
    };
    const claimed: string[] = [];
    for (let tries = 0; tries < 12; tries++) claimed.push(...(await claim("one", 1).catch(() => [])));
    expect(claimed).toEqual(ids.slice(10));
    // What was known to fail says nothing of the store: who asks again hears that there is nothing.
    expect(await claim("two", 20)).toEqual([]);
    hopeless.clear();
    clock.now += 60_000;
    expect(await claim("two", 3)).toEqual(ids.slice(0, 3));
  });

  test("a list that was shown whole is not read again", async () => {
    const { claim, ids, orders } = await shop(2);
    const look = vi.spyOn(orders, "cookable");
    expect(await claim("one", 100)).toEqual(ids);
    expect(await claim("two", 100)).toEqual([]);
    expect(look).toHaveBeenCalledTimes(2);
  });

  test("what a kitchen died with is another one's when the lease ends, not before", async () => {
    const { claim, ids, clock, app } = await shop(1);
    const [orderId = ""] = ids;
    await claim("dead", 1, 60);
    clock.now += 59_999;
    expect(await claim("heir", 1)).toEqual([]);
    clock.now += 1;
    expect(await claim("heir", 1)).toEqual(ids);
    await expect(app.markReady({ orderId, kitchenId: "dead" })).rejects.toMatchObject({ kind: "conflict" });
    expect(await app.markReady({ orderId, kitchenId: "heir" })).toMatchObject({ status: "ready" });
  });
});

test("of what a kitchen gives back one ticket may fail: the others are given back, and the kitchen hears of it", async () => {
  const { claim, ids, app, orders } = await shop(3);
  await claim("one", 3);
  const { update } = orders;
  orders.update = async (id, change) => {
    if (id !== ids[0]) await new Promise(setImmediate);
    else throw new AppError("unavailable", "Others keep changing this order. Try again.");
    return update(id, change);
  };
  await expect(app.returnTickets({ kitchenId: "one", keep: [] })).rejects.toMatchObject({ kind: "unavailable" });
  expect(await claim("two", 3)).toEqual(ids.slice(1));
});

test("a kitchen that stops gives back what it does not keep, and that is cooked in its turn", async () => {
  const { claim, ids, app } = await shop(4);
  await claim("one", 3);
  const [first = "", , third = ""] = ids;
  expect(await app.returnTickets({ kitchenId: "one", keep: [third] })).toBe(2);
  expect(await app.returnTickets({ kitchenId: "one", keep: [third] })).toBe(0);
  expect(await claim("two", 10)).toEqual([ids[0], ids[1], ids[3]]);
  await expect(app.markReady({ orderId: first, kitchenId: "one" })).rejects.toMatchObject({ kind: "conflict" });
  expect(await app.markReady({ orderId: third, kitchenId: "one" })).toMatchObject({ status: "ready" });
});
