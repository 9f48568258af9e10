import { describe, expect, it } from "vitest";
import type { Order } from "../domain/order.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { claimOf, placed, stamp } from "../testing/orders.ts";

/**
 * What every store does for orders that rest. `open` gives two replicas on one empty store, in which orders may rest
 * for a minute.
 */
export function restContract(name: string, open: () => Promise<[OrderRepository, OrderRepository]>) {
  const claimedAt = async (orders: OrderRepository, seconds: number, limit = 100) =>
    (await orders.claimResting(stamp(seconds).at, limit)).map(({ snapshot }) => snapshot.id);
  const stored = async (orders: OrderRepository, expires = 1_800, change: (order: Order) => boolean = () => false) => {
    const order = placed({ expiresAt: stamp(expires).at });
    await orders.add(order);
    await orders.update(order.snapshot.id, change);
    return order.snapshot.id;
  };
  const wait = (order: Order) => order.requestPayment("https://pay.example/1", stamp(1), "cs_1");

  describe(`orders that rest in ${name}`, () => {
    it("are given when they expire, with the session that is to be closed", async () => {
      const [one] = await open();
      const ids = [await stored(one, 30), await stored(one, 30, wait), await stored(one, 40)];
      expect(await claimedAt(one, 29)).toEqual([]);
      const claimed = await one.claimResting(stamp(30).at, 100);
      expect(claimed.map(({ snapshot }) => snapshot.id).toSorted()).toEqual(ids.slice(0, 2).toSorted());
      const waiting = claimed.find(({ snapshot }) => snapshot.id === ids[1])?.snapshot;
      expect(waiting).toMatchObject({
        checkoutSessionId: "cs_1",
        expiresAt: stamp(30).at,
        status: "waiting_for_payment",
      });
    });

    it("are given again later, ever more seldom", async () => {
      const [one] = await open();
      const id = await stored(one, 30);
      const times: number[] = [];
      for (let seconds = 0; seconds < 300; seconds++) {
        if ((await claimedAt(one, seconds)).length > 0) times.push(seconds);
      }
      expect(times).toEqual([30, 35, 40, 50, 70, 110, 170, 230, 290]);
      expect((await one.get(id))?.snapshot.version).toBe(1);
    });

    it("are given to one of two replicas that claim at the same time", async () => {
      const [one, two] = await open();
      const ids = await Promise.all(Array.from({ length: 30 }, () => stored(one, 30)));
      const claims = await Promise.all([one, two, one, two].map((orders) => claimedAt(orders, 30)));
      expect(claims.flat().toSorted()).toEqual(ids.toSorted());
    });

    it("are given no more once they are ready, and not after what came between look and claim", async () => {
      const [one, two] = await open();
      const id = await stored(one, 30, wait);
      const done = (order: Order) =>
        order.pay(stamp(2)) &&
        order.claimFor(claimOf("kitchen-1", stamp(2)), stamp(2)) &&
        order.markReady("kitchen-1", stamp(3));
      await Promise.all([one.claimResting(stamp(30).at, 100), two.update(id, done)]);
      expect((await two.get(id))?.snapshot.status).toBe("ready");
      expect(await claimedAt(one, 100_000)).toEqual([]);
    });

    it("are given a minute after their last move, which no other write puts off", async () => {
      const [one] = await open();
      const id = await stored(one, 1_800, (order) => wait(order) && order.pay(stamp(2)));
      await one.update(id, (order) => order.closeEntry("sale"));
      expect(await claimedAt(one, 61)).toEqual([]);
      expect(await claimedAt(one, 62)).toEqual([id]);
    });

    it("are given no more than asked for, and the rest next time", async () => {
      const [one] = await open();
      const ids = await Promise.all(Array.from({ length: 5 }, () => stored(one, 30)));
      const [first, second] = [await claimedAt(one, 30, 3), await claimedAt(one, 30, 3)];
      expect([first.length, second.length]).toEqual([3, 2]);
      expect([...first, ...second].toSorted()).toEqual(ids.toSorted());
    });
  });
}
