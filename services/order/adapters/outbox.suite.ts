import { describe, expect, it } from "vitest";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { placed, stamp } from "../testing/orders.ts";

/** What every store of orders does for their outbox. `open` gives two replicas on one empty store. */
export function outboxContract(name: string, open: () => Promise<[OrderRepository, OrderRepository]>) {
  const claimedAt = async (orders: OrderRepository, seconds: number, limit = 100) =>
    (await orders.claimDue(stamp(seconds).at, limit)).map(({ snapshot }) => snapshot.id);
  const stored = async (orders: OrderRepository, seconds = 0) => {
    const order = placed({ stamp: stamp(seconds) });
    await orders.add(order);
    return order.snapshot.id;
  };

  describe(`the outbox of orders in ${name}`, () => {
    it("gives a new order once its event had 15 seconds to have an effect, with the event", async () => {
      const [one] = await open();
      const order = placed();
      await one.add(order);
      expect(await claimedAt(one, 14)).toEqual([]);
      const [claimed] = await one.claimDue(stamp(15).at, 100);
      expect(claimed?.snapshot).toEqual(order.snapshot);
    });

    it("gives a claimed order again later, and ever more seldom", async () => {
      const [one] = await open();
      const id = await stored(one);
      expect(await claimedAt(one, 15)).toEqual([id]);
      expect(await claimedAt(one, 29)).toEqual([]);
      expect(await claimedAt(one, 30)).toEqual([id]);
      expect(await claimedAt(one, 59)).toEqual([]);
      expect(await claimedAt(one, 60)).toEqual([id]);
    });

    it("gives each due order to one of two replicas that claim at the same time", async () => {
      const [one, two] = await open();
      const ids = await Promise.all(Array.from({ length: 30 }, () => stored(one)));
      const claims = await Promise.all([one, two, one, two].map((orders) => claimedAt(orders, 30)));
      expect(claims.flat().toSorted()).toEqual(ids.toSorted());
    });

    it("gives no more than asked for, and the rest next time", async () => {
      const [one] = await open();
      const ids = await Promise.all(Array.from({ length: 5 }, () => stored(one)));
      const [first, second] = [await claimedAt(one, 30, 3), await claimedAt(one, 30, 3)];
      expect([first.length, second.length]).toEqual([3, 2]);
      expect([...first, ...second].toSorted()).toEqual(ids.toSorted());
    });

    it("gives an order no more whose events had their effect", async () => {
      const [one] = await open();
      const id = await stored(one);
      await one.update(id, (order) => order.requestPayment("https://pay.example/1", stamp(1)));
      expect(await claimedAt(one, 3_600)).toEqual([]);
      expect(await one.outboxDepth()).toEqual({ entries: 0, oldestAt: undefined });
    });

    it("gives a cancelled order at once, until its event is settled", async () => {
      const [one] = await open();
      const id = await stored(one);
      await one.update(id, (order) => order.cancel("customer", "customer", "e2", stamp(1)));
      expect(await claimedAt(one, 1)).toEqual([id]);
      await one.update(id, (order) => order.closeEntry("e2"));
      expect(await claimedAt(one, 3_600)).toEqual([]);
    });

    it("does not take back what another replica wrote between look and claim", async () => {
      const [one, two] = await open();
      const ids = await Promise.all(Array.from({ length: 10 }, () => stored(one)));
      const change = (id: string) => two.update(id, (order) => order.requestPayment("https://pay.example/1", stamp(1)));
      await Promise.all([one.claimDue(stamp(30).at, 100), ...ids.map(change)]);
      for (const id of ids) expect((await one.get(id))?.snapshot.status).toBe("waiting_for_payment");
      expect(await claimedAt(one, 3_600)).toEqual([]);
    });

    it("tells how many orders have something to tell, and since when the oldest", async () => {
      const [one] = await open();
      await stored(one, 7);
      const id = await stored(one, 3);
      expect(await one.outboxDepth()).toEqual({ entries: 2, oldestAt: stamp(3).at });
      await one.update(id, (order) => order.cancel("customer", "customer", "e2", stamp(9)));
      expect(await one.outboxDepth()).toEqual({ entries: 2, oldestAt: stamp(7).at });
    });

    it("gives an order that owes its money back at once, until it is refunded", async () => {
      const [one] = await open();
      const id = await stored(one);
      await one.update(id, (order) => order.cancel("customer", "customer", "e2", stamp(1)) && order.closeEntry("e2"));
      await one.update(id, (order) => order.oweRefund("r1", stamp(2)));
      expect(await claimedAt(one, 2)).toEqual([id]);
      await one.update(id, (order) => order.refund("payment", stamp(3)));
      expect(await claimedAt(one, 3_600)).toEqual([]);
    });
  });
}
