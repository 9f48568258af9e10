import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Order } from "../domain/order.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { claimOf, placed, stamp } from "../testing/orders.ts";

const conflict = { name: "AppError", kind: "conflict" };

/** What every implementation of {@link OrderRepository} keeps to. `open` gives two replicas on one empty store. */
export function orderRepositoryContract(name: string, open: () => Promise<[OrderRepository, OrderRepository]>) {
  const stored = async (orders: OrderRepository, fields: Parameters<typeof placed>[0] = {}): Promise<Order> => {
    const order = placed(fields);
    expect(await orders.add(order)).toBe("added");
    return order;
  };
  const idsOf = (orders: readonly Order[]) => orders.map(({ snapshot }) => snapshot.id);

  describe(`orders in ${name}`, () => {
    it("gives an order back as it was stored", async () => {
      const [one, two] = await open();
      const order = await stored(one, { customerId: '{"$gt":""}', traceparent: "" });
      expect((await two.get(order.snapshot.id))?.snapshot).toEqual(order.snapshot);
    });

    it("has nothing for an id that nobody has, whatever the id says", async () => {
      const [one] = await open();
      await stored(one);
      for (const id of [randomUUID(), '{"$gt":""}', "__proto__", "constructor", "' OR 1=1 --", ""]) {
        expect(await one.get(id)).toBeUndefined();
      }
      await expect(one.update("__proto__", () => true)).rejects.toMatchObject({ kind: "not_found" });
    });

    it("adds an id once, also when many add it at the same time to two replicas, and keeps the first", async () => {
      const [one, two] = await open();
      const id = randomUUID();
      const orders = Array.from({ length: 20 }, (_, index) => placed({ id, customerId: `customer-${index}` }));
      const outcomes = await Promise.all(orders.map((order, index) => (index % 2 === 0 ? one : two).add(order)));
      expect(outcomes.filter((outcome) => outcome === "added")).toHaveLength(1);
      const winner = orders[outcomes.indexOf("added")];
      expect((await one.get(id))?.snapshot).toEqual(winner?.snapshot);
    });

    it("answers each order for itself when new ones and known ones arrive together", async () => {
      const [one] = await open();
      const known = await stored(one);
      const together = [placed(), known, placed(), known, placed()];
      const outcomes = await Promise.all(together.map((order) => one.add(order)));
      expect(outcomes).toEqual(["added", "exists", "added", "exists", "added"]);
      for (const { snapshot } of together) expect((await one.get(snapshot.id))?.snapshot).toEqual(snapshot);
    });

    it("counts a customer's orders that are not paid, as far as anyone wants to know", async () => {
      const [one, two] = await open();
      const cancelled = await stored(one);
      for (let more = 0; more < 3; more++) await stored(one);
      await stored(one, { customerId: "bob" });
      await one.update(cancelled.snapshot.id, (order) => order.cancel("customer", "customer", "c1", stamp(1)));
      expect(await two.countOpen("ann", 100)).toBe(3);
      expect(await two.countOpen("ann", 2)).toBe(2);
      expect(await two.countOpen('{"$gt":""}', 100)).toBe(0);
    });

    it("lists a customer's own orders, newest first, page by page, each once even at one moment", async () => {
      const [one] = await open();
      const moments = [3, 1, 2, 2, 2, 5];
      const mine = await Promise.all(moments.map((at) => stored(one, { stamp: stamp(at) })));
      await stored(one, { customerId: "bob" });
      const seen: Order[] = [];
      let page = await one.list("ann", { limit: 2 });
      while (page.length > 0) {
        seen.push(...page);
        const last = page.at(-1)?.snapshot;
        const placedAt = last?.history[0]?.at ?? stamp().at;
        page = await one.list("ann", { limit: 2, before: { placedAt, id: last?.id ?? "" } });
      }
      const times = seen.map(({ snapshot }) => snapshot.history[0]?.at.getTime() ?? 0);
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      expect(idsOf(seen).toSorted()).toEqual(idsOf(mine).toSorted());
      expect(idsOf(await one.list("ann", { limit: 100 }))).toEqual(idsOf(seen));
      expect(await one.list('{"$gt":""}', { limit: 100 })).toEqual([]);
    });

    it("stores what a change did, and keeps the place in the list", async () => {
      const [one, two] = await open();
      const { id } = (await stored(one)).snapshot;
      await stored(one, { stamp: stamp(1) });
      const changed = await one.update(id, (order) => order.requestPayment("https://pay.example/1", stamp(9), "cs_1"));
      const news = { status: "waiting_for_payment", version: 2, checkoutSessionId: "cs_1" };
      expect(changed.snapshot).toMatchObject(news);
      expect((await two.get(id))?.snapshot).toEqual(changed.snapshot);
      expect(idsOf(await two.list("ann", { limit: 2 })).at(1)).toBe(id);
    });

    it("has an order that went over to somebody else in their list, with whom it belonged to, and in no other", async () => {
      const [one, two] = await open();
      const { id } = (await stored(one)).snapshot;
      await one.update(id, (order) => order.handOver("ann", "account", stamp(9, "t")));
      expect(idsOf(await two.list("account", { limit: 2 }))).toEqual([id]);
      expect(await two.list("ann", { limit: 2 })).toEqual([]);
      expect(await two.countOpen("account", 9)).toBe(1);
      const formerOwners = [{ customerId: "ann", ...stamp(9, "t") }];
      expect((await two.get(id))?.snapshot).toMatchObject({ customerId: "account", formerOwners, version: 1 });
    });

    it("writes nothing when the change says that nothing changed, or throws", async () => {
      const [one] = await open();
      const { snapshot } = await stored(one);
      await one.update(snapshot.id, (order) => {
        order.requestPayment("https://pay.example/1", stamp(1));
        return false;
      });
      const refused = one.update(snapshot.id, (order) => {
        order.requestPayment("https://pay.example/1", stamp(1));
        throw new Error("no");
      });
      await expect(refused).rejects.toThrow("no");
      expect((await one.get(snapshot.id))?.snapshot).toEqual(snapshot);
    });

    it("loses nothing when two replicas write one order at the same time: the second starts anew", async () => {
      const [one, two] = await open();
      for (let round = 0; round < 10; round++) {
        const { id } = (await stored(one)).snapshot;
        const link = () => one.update(id, (order) => order.requestPayment("https://pay.example/1", stamp(1)));
        const close = () => two.update(id, (order) => order.cancel("customer", "customer", "e2", stamp(1)));
        const [linked, closed] = await Promise.allSettled([link(), close()]);
        expect(closed.status).toBe("fulfilled");
        if (linked.status === "rejected") expect(linked.reason).toMatchObject(conflict);
        const { history, version, status } = (await one.get(id))?.snapshot ?? placed().snapshot;
        expect(status).toBe("cancelled");
        expect(history).toHaveLength(linked.status === "fulfilled" ? 3 : 2);
        expect(version).toBe(history.length);
      }
    });

    it("lets one of many repeats change an order, and the others see that it was done", async () => {
      const [one, two] = await open();
      const { id } = (await stored(one)).snapshot;
      const changes: boolean[] = [];
      const writes = Array.from({ length: 8 }, (_, index) =>
        (index % 2 === 0 ? one : two).update(id, (order) => {
          const changed = order.requestPayment("https://pay.example/1", stamp(1));
          changes[index] = changed;
          return changed;
        }),
      );
      const outcomes = await Promise.allSettled(writes);
      expect(outcomes.filter(({ status }) => status === "rejected")).toEqual([]);
      expect(changes.filter(Boolean)).toHaveLength(1);
      expect((await one.get(id))?.snapshot.history).toHaveLength(2);
    });

    it("answers each of many changes for itself, also where another replica was faster with some", async () => {
      const [one, two] = await open();
      const ids = await Promise.all(Array.from({ length: 12 }, async () => (await stored(one)).snapshot.id));
      const [cancelled, missing] = [new Set(ids.slice(0, 4)), randomUUID()];
      const cancel = (id: string) => two.update(id, (order) => order.cancel("customer", "customer", "e2", stamp(1)));
      await Promise.all([...cancelled].map(cancel));
      const link = (id: string) => one.update(id, (order) => order.requestPayment("https://pay.example/1", stamp(2)));
      const outcomes = await Promise.allSettled([missing, ...ids, ids[5] ?? ""].map(link));
      expect(outcomes[0]).toMatchObject({ reason: { kind: "not_found" } });
      for (const [index, id] of ids.entries()) {
        const refused = cancelled.has(id);
        expect(outcomes[index + 1]?.status).toBe(refused ? "rejected" : "fulfilled");
        const history = (await two.get(id))?.snapshot.history.map(({ status }) => status);
        expect(history).toEqual(["pending", refused ? "cancelled" : "waiting_for_payment"]);
      }
    });

    it("decides by what is stored, whatever this replica wrote last", async () => {
      const [one, two] = await open();
      const { id } = (await stored(one)).snapshot;
      await two.update(id, (order) => order.requestPayment("https://pay.example/1", stamp(1)));
      await two.update(id, (order) => order.pay(stamp(2)));
      const claim = claimOf("kitchen-1", stamp(3));
      expect((await one.update(id, (order) => order.claimFor(claim, stamp(3)))).snapshot).toMatchObject({ claim });
      const same = await two.update(id, (order) => order.pay(stamp(4)));
      expect(same.snapshot.status).toBe("cooking");
    });

    it("shows what is to be cooked, the longest waiting first, and what a kitchen has claimed", async () => {
      const [one, two] = await open();
      const paid = async (at: number) => {
        const { id } = (await stored(one)).snapshot;
        await one.update(id, (order) => order.pay(stamp(at)));
        return id;
      };
      const [second, first, third] = [await paid(20), await paid(10), await paid(30)];
      await stored(one);
      expect(idsOf(await two.cookable(stamp(30).at, 100))).toEqual([first, second, third]);
      expect(idsOf(await two.cookable(stamp(29).at, 1))).toEqual([first]);
      await two.update(first, (order) => order.claimFor(claimOf("kitchen-1", stamp(40)), stamp(40)));
      await two.update(second, (order) => order.claimFor(claimOf("kitchen-2", stamp(41)), stamp(41)));
      expect(idsOf(await one.cookable(stamp(99).at, 100))).toEqual([third]);
      expect(idsOf(await one.cookable(stamp(101).at, 100))).toEqual([third, first, second]);
      expect(idsOf(await one.claimedBy("kitchen-1"))).toEqual([first]);
      await one.update(second, (order) => order.markReady("kitchen-2", stamp(60)));
      await one.update(first, (order) => order.returnTicket("kitchen-1", stamp(61)));
      expect(await one.claimedBy("kitchen-1")).toEqual([]);
      expect(idsOf(await two.cookable(stamp(101).at, 100))).toEqual([first, third]);
    });

    it("counts who waits for a payment link, as far as anyone wants to know", async () => {
      const [one, two] = await open();
      const linked = await stored(one);
      for (let more = 0; more < 3; more++) await stored(one, { customerId: `customer-${more}` });
      await one.update(linked.snapshot.id, (order) => order.requestPayment("https://pay.example/1", stamp(1)));
      expect([await two.countPending(100), await two.countPending(2)]).toEqual([3, 2]);
    });

    it("counts orders by status", async () => {
      const [one] = await open();
      const { id } = (await stored(one)).snapshot;
      await stored(one);
      await one.update(id, (order) => order.cancel("customer", "customer", "e2", stamp(1)));
      expect([await one.count("pending"), await one.count("cancelled"), await one.count("paid")]).toEqual([1, 1, 0]);
    });
  });
}
