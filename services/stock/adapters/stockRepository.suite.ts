import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isKind } from "#common/errors";
import type { ReservationRequest } from "../domain/allot.ts";
import type { Product } from "../domain/product.ts";
import { commit, extend, release } from "../domain/reservation.ts";
import type { StockRepository } from "../domain/stockRepository.ts";
import { anOrder, aProduct, ledgerOf, noPrices } from "../testing.ts";

/** What every implementation of {@link StockRepository} keeps to. `open` gives one with nothing but the products. */
export function stockRepositoryContract(name: string, open: (menu: readonly Product[]) => Promise<StockRepository>) {
  const reserveOne = async (stock: StockRepository, request: ReservationRequest) => {
    const [result] = await stock.reserve([request], noPrices);
    if (!result) throw new Error("no answer");
    return result;
  };

  describe(`stock in ${name}`, () => {
    it("lists the menu in its order, and named products without those that do not exist", async () => {
      const stock = await open([aProduct("tea"), aProduct("cake"), aProduct("soup")]);
      expect((await stock.products()).map(({ id }) => id)).toEqual(["tea", "cake", "soup"]);
      expect((await stock.products(["soup", "nothing", "tea"])).map(({ id }) => id)).toEqual(["tea", "soup"]);
      expect(await stock.products([])).toEqual([]);
    });

    it("keeps every field of a product", async () => {
      const soup = aProduct("soup", { name: "Phở 🍜", description: "hot'\\\"; DROP", stripePriceId: "price_1" });
      const stock = await open([aProduct("tea"), soup]);
      expect(await stock.products(["soup"])).toEqual([{ ...soup, position: 1 }]);
    });

    it("adds what is missing from the menu and leaves the rest as it is", async () => {
      const stock = await open([aProduct("tea", { available: 5 })]);
      await reserveOne(stock, anOrder({ tea: 2 }));
      const known = await stock.add([aProduct("tea", { available: 99, name: "other" }), aProduct("cake")]);
      expect(known).toEqual(["tea"]);
      expect(await stock.add([])).toEqual([]);
      const [tea, cake] = await stock.products();
      expect(tea).toMatchObject({ name: "tea", available: 3, reserved: 2 });
      expect(cake?.id).toBe("cake");
    });

    it("reserves what is there, with name and price as they are now", async () => {
      const stock = await open([aProduct("tea"), aProduct("cake")]);
      const order = anOrder({ tea: 2, cake: 1 });
      const prices = new Map([["cake", { amount: 999, currency: "usd" }]]);
      const [result] = await stock.reserve([order], prices);
      const line = { quantity: 2, unitPrice: { amount: 250, currency: "eur" }, stripePriceId: "" };
      expect(result).toEqual({
        outcome: "reserved",
        repeated: false,
        reservation: {
          orderId: order.orderId,
          status: "reserved",
          expiresAt: order.expiresAt,
          lines: [
            { ...line, productId: "cake", name: "cake", quantity: 1, unitPrice: { amount: 999, currency: "usd" } },
            { ...line, productId: "tea", name: "tea" },
          ],
        },
      });
      expect(await ledgerOf(stock)).toEqual({ tea: [8, 2, 0], cake: [9, 1, 0] });
    });

    it("reserves with the name in the guest's language beside the menu's own, and remembers it", async () => {
      const stock = await open([aProduct("tea", { translations: { de: { name: "Tee" } } }), aProduct("cake")]);
      const order = { ...anOrder({ tea: 1, cake: 1 }), language: "de-AT" };
      const names = [{ name: "cake" }, { name: "tea", translatedName: "Tee" }];
      expect(await reserveOne(stock, order)).toMatchObject({ repeated: false, reservation: { lines: names } });
      const again = { ...order, language: "en" };
      expect(await reserveOne(stock, again)).toMatchObject({ repeated: true, reservation: { lines: names } });
    });

    it("takes nothing for an order that is short of one product, and says of what", async () => {
      const stock = await open([aProduct("tea", { available: 10 }), aProduct("cake", { available: 1 })]);
      const order = anOrder({ tea: 2, cake: 3 });
      expect(await reserveOne(stock, order)).toEqual({
        outcome: "rejected",
        orderId: order.orderId,
        unknownProductIds: [],
        shortages: [{ productId: "cake", requested: 3, available: 1 }],
        priceChanges: [],
      });
      expect(await ledgerOf(stock)).toEqual({ tea: [10, 0, 0], cake: [1, 0, 0] });
    });

    it("serves the neighbours of an order that can't be served, in the batch's order", async () => {
      const stock = await open([aProduct("tea", { available: 3 })]);
      const batch = [anOrder({ tea: 2 }), anOrder({ tea: 2 }), anOrder({ nothing: 1, tea: 1 }), anOrder({ tea: 1 })];
      const results = await stock.reserve(batch, noPrices);
      expect(results.map(({ outcome }) => outcome)).toEqual(["reserved", "rejected", "rejected", "reserved"]);
      expect(results[1]).toMatchObject({ shortages: [{ productId: "tea", requested: 2, available: 1 }] });
      expect(results[2]).toMatchObject({ unknownProductIds: ["nothing"], shortages: [] });
      expect(await ledgerOf(stock)).toEqual({ tea: [0, 3, 0] });
    });

    it("gives a repeated order its first result, whatever it asks for now", async () => {
      const stock = await open([aProduct("tea"), aProduct("cake")]);
      const order = anOrder({ tea: 2 });
      const first = await reserveOne(stock, order);
      const again = await reserveOne(stock, { ...order, lines: [{ productId: "cake", quantity: 9 }] });
      expect(again).toEqual({ ...first, repeated: true });
      expect(await ledgerOf(stock)).toEqual({ tea: [8, 2, 0], cake: [10, 0, 0] });
    });

    it("changes nothing when a batch is repeated after a lost answer", async () => {
      const stock = await open([aProduct("tea", { available: 3 })]);
      const batch = [anOrder({ tea: 2 }), anOrder({ tea: 5 }), anOrder({ tea: 1 })];
      const first = await stock.reserve(batch, noPrices);
      const again = await stock.reserve(batch, noPrices);
      expect(again.map(({ outcome }) => outcome)).toEqual(first.map(({ outcome }) => outcome));
      expect(await ledgerOf(stock)).toEqual({ tea: [0, 3, 0] });
    });

    it("reserves once for an order that is twice in a batch", async () => {
      const stock = await open([aProduct("tea")]);
      const order = anOrder({ tea: 2 });
      const results = await stock.reserve([order, order], noPrices);
      expect(results.map((result) => result.outcome === "reserved" && result.repeated)).toEqual([false, true]);
      expect(await ledgerOf(stock)).toEqual({ tea: [8, 2, 0] });
    });

    it("reserves once for an order that is asked for 50 times at the same time", async () => {
      const stock = await open([aProduct("tea", { available: 1_000 }), aProduct("cake", { available: 1_000 })]);
      const order = anOrder({ tea: 2, cake: 1 });
      const results = await Promise.all(Array.from({ length: 50 }, () => reserveOne(stock, order)));
      expect(results.filter((result) => result.outcome === "reserved" && !result.repeated)).toHaveLength(1);
      expect(await ledgerOf(stock)).toEqual({ tea: [998, 2, 0], cake: [999, 1, 0] });
    });

    it("does not remember a rejection: the order may try again when there is more", async () => {
      const stock = await open([aProduct("tea", { available: 2 })]);
      const [first, second] = [anOrder({ tea: 2 }), anOrder({ tea: 1 })];
      await reserveOne(stock, first);
      expect((await reserveOne(stock, second)).outcome).toBe("rejected");
      await stock.update(first.orderId, release);
      expect((await reserveOne(stock, second)).outcome).toBe("reserved");
    });

    it("sells what is committed, once", async () => {
      const stock = await open([aProduct("tea"), aProduct("cake")]);
      const order = anOrder({ tea: 2, cake: 1 });
      await reserveOne(stock, order);
      expect(await stock.update(order.orderId, commit)).toMatchObject({ changed: true });
      expect(await stock.update(order.orderId, commit)).toMatchObject({ changed: false });
      expect(await ledgerOf(stock)).toEqual({ tea: [8, 0, 2], cake: [9, 0, 1] });
    });

    it("puts back what is released, once, also when many release it at the same time", async () => {
      const stock = await open([aProduct("tea")]);
      const order = anOrder({ tea: 2 });
      await reserveOne(stock, order);
      const answers = await Promise.all(Array.from({ length: 10 }, () => stock.update(order.orderId, release)));
      expect(answers.filter((answer) => answer?.changed)).toHaveLength(1);
      expect(await ledgerOf(stock)).toEqual({ tea: [10, 0, 0] });
    });

    it("sells what was released before, while it is there", async () => {
      const stock = await open([aProduct("tea"), aProduct("cake")]);
      const order = anOrder({ tea: 2, cake: 10 });
      await reserveOne(stock, order);
      await stock.update(order.orderId, release);
      expect(await stock.update(order.orderId, commit)).toMatchObject({ reservation: { status: "committed" } });
      expect(await ledgerOf(stock)).toEqual({ tea: [8, 0, 2], cake: [0, 0, 10] });
    });

    it("sells nothing of what was released when one product of it is gone", async () => {
      const stock = await open([aProduct("cake"), aProduct("tea", { available: 2 })]);
      const order = anOrder({ cake: 1, tea: 2 });
      await reserveOne(stock, order);
      await stock.update(order.orderId, release);
      await reserveOne(stock, anOrder({ tea: 1 }));
      await expect(stock.update(order.orderId, commit)).rejects.toSatisfy((error) => isKind(error, "conflict"));
      expect(await ledgerOf(stock)).toEqual({ cake: [10, 0, 0], tea: [1, 1, 0] });
      expect((await stock.reservations([order.orderId])).get(order.orderId)?.status).toBe("released");
    });

    it("sells in the end when a commit and a release come at the same time", async () => {
      const stock = await open([aProduct("tea")]);
      const order = anOrder({ tea: 2 });
      await reserveOne(stock, order);
      await Promise.allSettled([release, commit].map((change) => stock.update(order.orderId, change)));
      await expect(stock.update(order.orderId, release)).rejects.toSatisfy((error) => isKind(error, "conflict"));
      expect(await ledgerOf(stock)).toEqual({ tea: [8, 0, 2] });
    });

    it("does not reserve again for an order whose reservation was released: it gets its first lines, released", async () => {
      const stock = await open([aProduct("tea")]);
      const order = anOrder({ tea: 2 });
      await reserveOne(stock, order);
      await stock.update(order.orderId, release);
      const again = await reserveOne(stock, order);
      expect(again).toMatchObject({ outcome: "reserved", repeated: true, reservation: { status: "released" } });
      expect(await ledgerOf(stock)).toEqual({ tea: [10, 0, 0] });
    });

    it("finds what nobody committed or released until a deadline, the longest overdue first", async () => {
      const stock = await open([aProduct("tea")]);
      const until = (minute: number) => ({
        ...anOrder({ tea: 1 }),
        expiresAt: new Date(Date.UTC(2026, 0, 1, 0, minute)),
      });
      const [first, second, third] = [until(1), until(2), until(3)];
      const [sold, givenBack] = [until(1), until(1)];
      await stock.reserve([third, first, second, sold, givenBack, until(4)], noPrices);
      await stock.update(sold.orderId, commit);
      await stock.update(givenBack.orderId, release);
      const now = third.expiresAt;
      const soon = new Date(now.getTime() + 1_000);
      const claimed = (limit: number, at = now) => stock.claimDue({ deadline: now, now: at, until: soon, limit });
      expect(await claimed(2)).toEqual([first, second].map(({ orderId }) => ({ orderId, failures: 0 })));
      expect(await claimed(2)).toEqual([{ orderId: third.orderId, failures: 0 }]);
      expect(await claimed(2)).toEqual([]);
      await stock.putOff([{ orderId: first.orderId, until: new Date(soon.getTime() + 1) }]);
      expect(await claimed(9, soon)).toEqual([second, third].map(({ orderId }) => ({ orderId, failures: 0 })));
      expect(await stock.countFailed(1)).toBe(1);
      expect(await stock.countFailed(2)).toBe(0);
    });

    it("holds longer what is extended, and moves no units for it", async () => {
      const stock = await open([aProduct("tea")]);
      const order = anOrder({ tea: 2 });
      await reserveOne(stock, order);
      const later = new Date("2026-01-01T23:45:00.123Z");
      const extended = await stock.update(order.orderId, (before) => extend(before, order.expiresAt, later));
      expect(extended).toMatchObject({ changed: true, reservation: { status: "reserved", expiresAt: later } });
      expect((await stock.reservations([order.orderId])).get(order.orderId)).toEqual(extended?.reservation);
      expect(await ledgerOf(stock)).toEqual({ tea: [8, 2, 0] });
    });

    it("knows nothing of an order that never reserved", async () => {
      const stock = await open([aProduct("tea")]);
      expect(await stock.reservations([randomUUID()])).toEqual(new Map());
      expect(await stock.reservations([])).toEqual(new Map());
      expect(await stock.update(randomUUID(), release)).toBeUndefined();
    });

    it("takes text for text", async () => {
      const stock = await open([aProduct("tea")]);
      const strange = ["' OR 1=1 --", '{"$gt":""}', "__proto__", "\\', 1); --", "tea "];
      for (const id of strange) {
        expect(await reserveOne(stock, anOrder({ [id]: 1 }))).toMatchObject({ unknownProductIds: [id] });
        expect(await stock.update(id, release)).toBeUndefined();
        expect(await reserveOne(stock, { ...anOrder({ tea: 1 }), orderId: id })).toMatchObject({ repeated: false });
        expect(await stock.update(id, release)).toMatchObject({ reservation: { orderId: id } });
      }
      expect(await ledgerOf(stock)).toEqual({ tea: [10, 0, 0] });
    });
  });
}
