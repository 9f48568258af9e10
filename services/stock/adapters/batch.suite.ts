import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Changed } from "../domain/changes.ts";
import type { Product } from "../domain/product.ts";
import { callOff, commit, release } from "../domain/reservation.ts";
import type { StockRepository } from "../domain/stockRepository.ts";
import { anOrder, aProduct, ledgerOf, noPrices } from "../testing.ts";

/** What changing many reservations at once keeps to. `open` gives a stock with nothing but the products. */
export function batchContract(name: string, open: (menu: readonly Product[]) => Promise<StockRepository>) {
  /** New orders for one tea and two cakes each; there are a hundred of both. */
  async function given(count: number) {
    const stock = await open([aProduct("tea", { available: 100 }), aProduct("cake", { available: 100 })]);
    const orders = Array.from({ length: count }, () => anOrder({ tea: 1, cake: 2 }));
    await stock.reserve(orders, noPrices);
    return { stock, ids: orders.map(({ orderId }) => orderId) };
  }
  /** In a word: what an item was answered. */
  const wordOf = (answer: PromiseSettledResult<Changed>) => {
    if (answer.status === "rejected") return answer.reason.kind ?? String(answer.reason);
    if (!answer.value) return "unknown";
    return answer.value.changed ? answer.value.reservation.status : "as it was";
  };

  describe(`many reservations at once in ${name}`, () => {
    it("are sold together, and a repeat changes nothing", async () => {
      const { stock, ids } = await given(20);
      const answers = await stock.updateMany(ids, commit);
      expect(answers.map(wordOf)).toEqual(ids.map(() => "committed"));
      expect(await ledgerOf(stock)).toEqual({ tea: [80, 0, 20], cake: [60, 0, 40] });
      expect((await stock.updateMany(ids, commit)).map(wordOf)).toEqual(ids.map(() => "as it was"));
      expect(await ledgerOf(stock)).toEqual({ tea: [80, 0, 20], cake: [60, 0, 40] });
      const stored = [...(await stock.reservations(ids)).values()];
      expect(stored.map(({ status, expiresAt }) => [status, expiresAt])).toEqual(
        ids.map(() => ["committed", anOrder({}).expiresAt]),
      );
    });

    it("are answered in their order, and one that is refused changes nothing and stops nobody", async () => {
      const { stock, ids } = await given(3);
      const [sold = "", held = "", free = ""] = ids;
      await stock.update(sold, commit);
      await stock.update(free, release);
      const unknown = randomUUID();
      const answers = await stock.updateMany([free, unknown, sold, held, held], release);
      expect(answers.map(wordOf)).toEqual(["as it was", "unknown", "conflict", "released", "as it was"]);
      expect(await ledgerOf(stock)).toEqual({ tea: [99, 0, 1], cake: [98, 0, 2] });
    });

    it("are sold from both piles, first come, first served of what was released", async () => {
      const { stock, ids } = await given(4);
      const [held = "", first = "", second = "", third = ""] = ids;
      await stock.updateMany([first, second, third], release);
      // Of the cakes five are left.
      await stock.reserve([anOrder({ cake: 93 })], noPrices);
      const answers = await stock.updateMany([held, first, third, second], commit);
      expect(answers.map(wordOf)).toEqual(["committed", "committed", "committed", "conflict"]);
      expect(await ledgerOf(stock)).toEqual({ tea: [97, 0, 3], cake: [1, 93, 6] });
      expect((await stock.reservations(ids)).get(second)?.status).toBe("released");
    });

    it("are not made for a caller who has left", async () => {
      const { stock } = await given(0);
      const order = anOrder({ tea: 1 });
      await expect(stock.reserve([order], noPrices, AbortSignal.abort())).rejects.toMatchObject({
        kind: "unavailable",
      });
      expect(await ledgerOf(stock)).toMatchObject({ tea: [100, 0, 0] });
      expect(await stock.reserve([order], noPrices, new AbortController().signal)).toMatchObject([{ repeated: false }]);
    });

    it("are made in one batch with repeats of older ones and with those that can't be served", async () => {
      const { stock, ids } = await given(1);
      const again = { ...anOrder({ tea: 1_000 }), orderId: ids[0] ?? "" };
      const results = await stock.reserve([anOrder({ tea: 1_000 }), again, anOrder({ tea: 1 })], noPrices);
      expect(results).toMatchObject([{ outcome: "rejected" }, { repeated: true }, { repeated: false }]);
      const more = await stock.reserve([again, anOrder({ tea: 1 })], noPrices);
      expect(more).toMatchObject([{ repeated: true }, { repeated: false }]);
      expect(await ledgerOf(stock)).toEqual({ tea: [97, 3, 0], cake: [98, 2, 0] });
    });

    it("may be none", async () => {
      const { stock } = await given(0);
      expect(await stock.updateMany([], commit)).toEqual([]);
    });

    it("keep the ledger when batches that overlap come at the same time, in any order", async () => {
      const { stock, ids } = await given(30);
      const batches = [ids, ids.toReversed(), ids.slice(10), ids.slice(0, 20).toReversed()];
      const answers = await Promise.all(batches.map((batch) => stock.updateMany(batch, commit)));
      const changed = answers.flat().filter((answer) => wordOf(answer) === "committed");
      expect(changed).toHaveLength(30);
      expect(await ledgerOf(stock)).toEqual({ tea: [70, 0, 30], cake: [40, 0, 60] });
    });

    it("releases what was sold and called off, once, and sells it anew while it is there", async () => {
      const stock = await open([aProduct("tea")]);
      const [first, other] = [anOrder({ tea: 4 }), anOrder({ tea: 1 })];
      await stock.reserve([first, other], noPrices);
      await stock.updateMany([first.orderId, other.orderId], commit);
      const answers = await Promise.all(Array.from({ length: 5 }, () => stock.update(first.orderId, callOff)));
      expect(answers.filter((answer) => answer?.changed)).toHaveLength(1);
      expect(await ledgerOf(stock)).toEqual({ tea: [9, 0, 1] });
      await stock.update(first.orderId, commit);
      expect(await ledgerOf(stock)).toEqual({ tea: [5, 0, 5] });
    });
  });
}
