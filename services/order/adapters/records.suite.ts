import { describe, expect, it } from "vitest";
import { numberOf } from "../domain/number.ts";
import type { Order } from "../domain/order.ts";
import type { OrderFilter } from "../domain/orderRecords.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { anAct } from "../testing/acts.ts";
import { claimOf, placed, sold, stamp } from "../testing/orders.ts";

type Fields = Parameters<typeof placed>[0];

/** Where the page after this order begins. */
function placeOf({ snapshot: { id, history } } = placed()): { id: string; placedAt: Date } {
  return { id, placedAt: history[0]?.at ?? stamp().at };
}

/** What every store of orders answers staff and operators. `open` gives two replicas on one empty store. */
export function recordsContract(name: string, open: () => Promise<[OrderRepository, OrderRepository]>) {
  const stored = async (orders: OrderRepository, fields: Fields = {}): Promise<Order> => {
    const order = placed(fields);
    await orders.add(order);
    return order;
  };
  const idsOf = (orders: readonly Order[]) => orders.map(({ snapshot }) => snapshot.id);
  const all = { limit: 100 };
  /** Each search finds the same whether orders are filled, and to where: every placing and a time among them. */
  const fillings = [stamp(0), stamp(60), stamp(1_000)];
  const fill = async (orders: OrderRepository, { at }: { at: Date }) => {
    while ((await orders.backfill(at)) === "more");
  };

  describe(`what staff ask of ${name}`, () => {
    it("finds orders by each thing that is known of them, newest first, and only where all of it fits", async () => {
      const [one, two] = await open();
      const [tea, cake] = [[sold("tea", 2)], [sold("cake", 1, { amount: 900, currency: "eur" })]];
      const first = idsOf([await stored(one, { lines: tea, stamp: stamp(1) })]);
      const second = idsOf([
        await stored(one, { lines: cake, stamp: stamp(2), customerId: "bob", guestName: "Zoë  Müller" }),
      ]);
      const third = idsOf([await stored(one, { lines: [...tea, ...cake], stamp: stamp(3) })]);
      await one.update(first[0] ?? "", (order) => order.cancel("customer", "customer", "e1", stamp(4)));
      const cases: [OrderFilter, string[]][] = [
        [{}, [...third, ...second, ...first]],
        [{ customerId: "ann" }, [...third, ...first]],
        [{ number: numberOf(second[0] ?? "") }, second],
        [{ number: numberOf(second[0] ?? ""), customerId: "ann" }, []],
        [{ guestName: "zoe muller" }, second],
        [{ statuses: ["cancelled", "refunded"] }, first],
        [{ productId: "cake" }, [...third, ...second]],
        [{ productId: "cake", statuses: ["pending"], customerId: "bob" }, second],
        [{ from: stamp(2).at }, [...third, ...second]],
        [{ from: stamp(2).at, until: stamp(3).at }, second],
        [{ least: 900, most: 900 }, second],
        [{ least: 901 }, third],
        [{ customerId: '{"$gt":""}' }, []],
        [{ refundedFrom: stamp().at }, []],
      ];
      for (const filled of fillings) {
        await fill(one, filled);
        for (const [filter, expected] of cases)
          expect([filter, idsOf(await two.search(filter, all))]).toEqual([filter, expected]);
      }
    });

    it("finds guests by the beginning of their name, and by fewer than three letters when that is their whole name", async () => {
      const [one, two] = await open();
      const names = ["Zoë  Müller", "zoe", "Zoé-Ann", "Jo", "Jonas", "Anna Zoe", undefined] as const;
      const ids: string[][] = [];
      for (const [index, guestName] of names.entries())
        ids.push(idsOf([await stored(one, { stamp: stamp(index * 20), ...(guestName && { guestName }) })]));
      const [muller = [], zoe = [], ann = [], jo = [], jonas = []] = ids;
      const cases: [OrderFilter, string[]][] = [
        [{ guestName: "zoe" }, [...ann, ...zoe, ...muller]],
        [{ guestName: "zoe m" }, muller],
        [{ guestName: "zoe muller" }, muller],
        [{ guestName: "zoe x" }, []],
        [{ guestName: "zoe", from: stamp(20).at, until: stamp(40).at }, zoe],
        [{ guestName: "zoe", customerId: "bob" }, []],
        [{ guestName: "zoe", number: numberOf(zoe[0] ?? "") }, zoe],
        [{ guestName: "jo" }, jo],
        [{ guestName: "jon" }, jonas],
        [{ guestName: "zo" }, []],
        [{ guestName: "muller" }, []],
        [{ guestName: "^zoe.*" }, []],
        [{ guestName: '{"$gt":""}' }, []],
      ];
      for (const filled of fillings) {
        await fill(one, filled);
        for (const [filter, expected] of cases)
          expect([filter, idsOf(await two.search(filter, all))]).toEqual([filter, expected]);
        const [first] = await two.search({ guestName: "zoe" }, { limit: 1 });
        expect(idsOf(await two.search({ guestName: "zoe" }, { limit: 1, before: placeOf(first) }))).toEqual(zoe);
      }
    });

    it("has nothing to fill where this version alone has written, and changes nothing", async () => {
      const [one, two] = await open();
      const { id } = (await stored(one, { guestName: "Ann" })).snapshot;
      const before = (await two.get(id))?.snapshot;
      expect(await one.backfill(stamp(1_000).at)).toBe("done");
      expect((await two.get(id))?.snapshot).toEqual(before);
    });

    it("gives what it finds page by page, each once even at one moment", async () => {
      const [one] = await open();
      const mine = await Promise.all([3, 1, 2, 2, 2, 5].map((at) => stored(one, { stamp: stamp(at) })));
      const seen: Order[] = [];
      let page = await one.search({ customerId: "ann" }, { limit: 2 });
      while (page.length > 0) {
        seen.push(...page);
        page = await one.search({ customerId: "ann" }, { limit: 2, before: placeOf(page.at(-1)) });
      }
      expect(idsOf(seen)).toEqual(idsOf(await one.search({}, all)));
      expect(idsOf(seen).toSorted()).toEqual(idsOf(mine).toSorted());
    });

    it("finds orders by amount, newest first and page by page, whether many have such a one or few", async () => {
      const [one, two] = await open();
      const at = (seconds: number, amount: number) =>
        stored(one, { stamp: stamp(seconds), lines: [sold("tea", 1, { amount, currency: "eur" })] });
      const usual = idsOf(await Promise.all(Array.from({ length: 120 }, (_, index) => at(index, 500)))).toReversed();
      const rare = idsOf(await Promise.all([10, 50, 90].map((seconds) => at(seconds + 0.5, 90_000)))).toReversed();
      const cases: [OrderFilter, string[]][] = [
        [{ least: 500, most: 500 }, usual],
        [{ least: 501 }, rare],
        [{ most: 499 }, []],
        [{ least: 90_000, most: 90_000, from: stamp(11).at, until: stamp(90).at }, rare.slice(1, 2)],
        [{ least: 501, productId: "tea", statuses: ["pending"] }, rare],
        [{ least: 501, productId: "cake" }, []],
        [{ least: 501, customerId: "bob" }, []],
        [{ most: 90_000, until: stamp(2).at }, usual.slice(-2)],
      ];
      const tried = fillings.flatMap((filled) => cases.map((each) => [filled, ...each] as const));
      for (const [filled, filter, expected] of tried) {
        await fill(one, filled);
        const seen: Order[] = [];
        for (let page = await two.search(filter, { limit: 50 }); page.length > 0 && seen.length <= expected.length; ) {
          seen.push(...page);
          page = await two.search(filter, { limit: 50, before: placeOf(page.at(-1)) });
        }
        expect([filter, idsOf(seen)]).toEqual([filter, expected]);
        expect(idsOf(await two.search(filter, { limit: 2 }))).toEqual(expected.slice(0, 2));
      }
    });

    it("finds orders that owed money back since a time, whenever they were placed", async () => {
      const [one] = await open();
      const { id } = (await stored(one)).snapshot;
      await stored(one);
      const wish = { id: "r1", by: "staff:eve", reason: "" } as const;
      await one.update(id, (order) => order.pay(stamp(1)) && order.giveBack(wish, stamp(90)));
      expect(idsOf(await one.search({ refundedFrom: stamp(90).at }, all))).toEqual([id]);
      expect(await one.search({ refundedFrom: stamp(91).at }, all)).toEqual([]);
    });

    it("gives orders in a status oldest first, and finished meals newest first", async () => {
      const [one, two] = await open();
      const ids: string[] = [];
      for (const at of [2, 1, 3]) ids.push((await stored(one, { stamp: stamp(at) })).snapshot.id);
      expect(idsOf(await two.inStatus("pending", 2))).toEqual([ids[1], ids[0]]);
      for (const [index, id] of ids.entries()) {
        const at = stamp(10 + index);
        await one.update(id, (order) => order.pay(at) && order.claimFor(claimOf("k", at), at));
        await one.update(id, (order) => order.markReady("k", at));
      }
      expect(idsOf(await two.finished(stamp(11).at, 100))).toEqual([ids[2], ids[1]]);
      expect(idsOf(await two.finished(stamp(0).at, 1))).toEqual([ids[2]]);
      const again = stamp(20);
      await one.update(ids[2] ?? "", (order) => order.takeBack({ ...claimOf("", again), by: "staff:eve" }, again));
      expect(idsOf(await two.finished(stamp(0).at, 100))).toEqual([ids[1], ids[0]]);
    });

    it("gives back all that staff did with an order, as it was stored", async () => {
      const [one, two] = await open();
      const { id } = (await stored(one)).snapshot;
      const at = stamp(2);
      await one.update(id, (order) => {
        order.pay(at);
        order.claimFor(claimOf("staff:eve", at), at);
        order.tick("tea", true);
        order.giveBack({ id: "r1", by: "staff:eve", reason: "cold", amount: { amount: 1, currency: "eur" } }, at);
        order.park("r1", stamp(99).at);
        order.giveUp("sale", "no units", at);
        order.record(anAct(2, { target: id }));
        return true;
      });
      const { snapshot } = (await two.get(id)) ?? placed();
      expect(snapshot).toMatchObject({
        ticked: ["tea"],
        refunds: [{ id: "r1", status: "refunding", by: "staff:eve", reason: "cold" }],
        outbox: [{ id: "r1", parked: true, dueAt: stamp(99).at }],
        stuck: [{ id: "sale", why: "no units", since: at.at }],
        acts: [{ target: id, at: at.at }],
        claim: { by: "staff:eve" },
      });
      expect(idsOf(await two.claimedBy("staff:eve"))).toEqual([id]);
      expect([...(await two.stuck())]).toEqual([["sale", 1]]);
    });

    it("gives what came to nothing, and what was wrong with orders, seen last first", async () => {
      const [one, two] = await open();
      const ids: string[] = [];
      for (const at of [1, 2, 3]) ids.push((await stored(one, { stamp: stamp(at) })).snapshot.id);
      const [first = "", second = ""] = ids;
      for (const [id, at] of [
        [first, 20],
        [second, 10],
      ] as const)
        await one.update(id, (order) => {
          order.note({ kind: "not_sold", outcome: "reported", at: stamp(at).at });
          return true;
        });
      expect(idsOf(await two.faulty(100))).toEqual([first, second]);
      expect(idsOf(await two.faulty(1))).toEqual([first]);
      expect((await two.get(first))?.snapshot.found).toEqual([
        { kind: "not_sold", outcome: "reported", at: stamp(20).at },
      ]);
      expect(await two.stuckOrders(100)).toEqual([]);
      await one.update(second, (order) => order.pay(stamp(30)) && order.giveUp("sale", "no units", stamp(31)));
      expect(idsOf(await two.stuckOrders(100))).toEqual([second]);
    });

    it("keeps what waits on purpose out of the outbox's age, and gives it when it is due", async () => {
      const [one, two] = await open();
      const { id } = (await stored(one)).snapshot;
      await one.update(id, (order) => order.cancel("customer", "customer", "e1", stamp(1)));
      await one.update(id, (order) => order.park("e1", stamp(500).at));
      expect(await two.outboxDepth()).toEqual({ entries: 0, oldestAt: undefined });
      expect(await two.claimDue(stamp(499).at, 100)).toEqual([]);
      expect(idsOf(await two.claimDue(stamp(500).at, 100))).toEqual([id]);
    });

    it("gives what has rested longest first", async () => {
      const [one] = await open();
      const ids = await Promise.all(
        [30, 20, 10].map(async (at) => (await stored(one, { expiresAt: stamp(at).at })).snapshot.id),
      );
      expect(idsOf(await one.claimResting(stamp(60).at, 2))).toEqual([ids[2], ids[1]]);
      expect(idsOf(await one.claimResting(stamp(60).at, 2))).toEqual([ids[0]]);
    });

    it("counts unpaid orders that should have ended", async () => {
      const [one, two] = await open();
      for (const at of [10, 20]) await stored(one, { expiresAt: stamp(at).at });
      const { id } = (await stored(one, { expiresAt: stamp(5).at })).snapshot;
      await one.update(id, (order) => order.cancel("expired", "sweeper", "e1", stamp(6)));
      expect([await two.countOverdue(stamp(9).at), await two.countOverdue(stamp(10).at)]).toEqual([0, 1]);
    });
  });
}
