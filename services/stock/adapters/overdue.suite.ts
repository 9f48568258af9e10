import { describe, expect, it, vi } from "vitest";
import { AppError } from "#common/errors";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { settleReservations } from "../app/command/settleReservations.ts";
import { settleOverdue } from "../app/overdue.ts";
import type { Orders } from "../app/services.ts";
import type { ReservationRequest } from "../domain/allot.ts";
import type { Product } from "../domain/product.ts";
import { commit } from "../domain/reservation.ts";
import type { StockRepository } from "../domain/stockRepository.ts";
import { anOrder, answering, aProduct, ledgerOf, noOrders, noPrices } from "../testing.ts";

const minute = 60_000;

/** What sweeping overdue reservations keeps to. `open` gives the same stock as two replicas see it. */
export function overdueContract(name: string, open: (menu: readonly Product[]) => Promise<StockRepository[]>) {
  /** Ten units of tea, of which orders hold one each; their time is over at noon, and so is the grace a minute later. */
  async function given(orderCount: number, orders: Orders) {
    const replicas = await open([aProduct("tea")]);
    const [stock] = replicas;
    if (!stock) throw new Error("no replica");
    const noon = Date.UTC(2026, 0, 1, 12);
    const held = Array.from({ length: orderCount }, (_, index): ReservationRequest => {
      return { ...anOrder({ tea: 1 }), expiresAt: new Date(noon - index) };
    });
    await stock.reserve(held, noPrices);
    const clock = { now: noon + minute };
    const count = vi.fn();
    const now = () => clock.now;
    const metrics = createMetrics("stock", false);
    const eachOnce = replicas.map((replica, index) => {
      const numbers = index === 0 ? metrics : createMetrics("stock", false);
      const settle = settleReservations({ stock: replica, orders, count, now });
      return settleOverdue({ stock: replica, settle, graceMs: minute, now, logger: silentLogger, metrics: numbers });
    });
    const sweep = () => Promise.all(eachOnce.map((sweepOnce) => sweepOnce()));
    return {
      stock,
      clock,
      count,
      metrics,
      sweep,
      sweepOnce: eachOnce[0] ?? sweep,
      orderIds: held.map(({ orderId }) => orderId),
    };
  }
  const alive: Orders = { needItems: answering(() => true) };
  const away = async () => {
    throw new AppError("unavailable", "order does not answer");
  };
  const nobodyKnows = () => {
    throw new AppError("unavailable", "nobody knows");
  };

  describe(`overdue reservations in ${name}`, () => {
    it("go back when no order needs them, once, also with two replicas at it", async () => {
      const { stock, sweep, count } = await given(9, noOrders);
      await sweep();
      expect(await ledgerOf(stock)).toEqual({ tea: [10, 0, 0] });
      expect(count.mock.calls).toEqual(Array.from({ length: 9 }, () => ["lapsed"]));
    });

    it("are let hold longer once, also with two replicas at it", async () => {
      const { stock, sweep, count, orderIds } = await given(3, alive);
      await sweep();
      expect(count.mock.calls).toEqual(orderIds.map(() => ["extended"]));
      expect(await ledgerOf(stock)).toEqual({ tea: [7, 3, 0] });
    });

    it("are left alone, and nobody is asked, before the grace is over", async () => {
      const needItems = vi.fn(noOrders.needItems);
      const { stock, clock, sweep } = await given(2, { needItems });
      clock.now -= 2;
      await sweep();
      expect(needItems).not.toHaveBeenCalled();
      expect(await ledgerOf(stock)).toEqual({ tea: [8, 2, 0] });
    });

    it("hold longer when their order is alive, and it is not asked again until that is over", async () => {
      const needItems = vi.fn(alive.needItems);
      const { stock, clock, sweepOnce, orderIds, count } = await given(1, { needItems });
      await sweepOnce();
      clock.now += 14 * minute;
      await sweepOnce();
      expect(needItems.mock.calls).toEqual([[orderIds]]);
      expect(count.mock.calls).toEqual([["extended"]]);
      expect(await ledgerOf(stock)).toEqual({ tea: [9, 1, 0] });
      clock.now += 2 * minute;
      needItems.mockImplementation(noOrders.needItems);
      await sweepOnce();
      expect(await ledgerOf(stock)).toEqual({ tea: [10, 0, 0] });
    });

    it("stay as they are while the order service is away, whom one call is enough to find out", async () => {
      const needItems = vi.fn<Orders["needItems"]>(away);
      const { stock, sweepOnce, clock, metrics } = await given(9, { needItems });
      for (let sweeps = 0; sweeps < 10; sweeps++) {
        await sweepOnce().catch(() => undefined);
        clock.now += minute;
      }
      expect(needItems).toHaveBeenCalledTimes(10);
      expect(await ledgerOf(stock)).toEqual({ tea: [1, 9, 0] });
      // Nothing is wrong with any of them.
      expect(await metrics.registry.metrics()).toContain('gorder_reservations_stuck{service="stock"} 0');
      needItems.mockImplementation(noOrders.needItems);
      await sweepOnce();
      expect(await ledgerOf(stock)).toEqual({ tea: [10, 0, 0] });
    });

    it("do not wait for one that nobody can tell of", async () => {
      let unclear = "";
      const needItems = answering((orderId) => orderId === unclear && nobodyKnows());
      const { stock, sweepOnce, orderIds } = await given(3, { needItems });
      unclear = orderIds[1] ?? "";
      await sweepOnce();
      expect(await ledgerOf(stock)).toEqual({ tea: [9, 1, 0] });
    });

    it("do not wait for those that can never be settled, however many there are, and an operator sees those", async () => {
      const stuck = new Set<string>();
      const asked: string[] = [];
      const needItems = answering((orderId) => {
        asked.push(orderId);
        return stuck.has(orderId) && nobodyKnows();
      });
      const { stock, clock, sweep, orderIds, metrics } = await given(10, { needItems });
      // The longest overdue, so they come first.
      for (const orderId of orderIds.slice(2)) stuck.add(orderId);
      await sweep();
      expect(await ledgerOf(stock)).toEqual({ tea: [2, 8, 0] });
      asked.length = 0;
      for (let sweeps = 0; sweeps < 240; sweeps++) {
        clock.now += minute / 4;
        await sweep();
      }
      // An hour of them, whoever asks: each less often than every four minutes in the end.
      expect(asked.length).toBeLessThan(8 * 20);
      expect(await metrics.registry.metrics()).toContain('gorder_reservations_stuck{service="stock"} 8');
      stuck.clear();
      clock.now += 5 * minute;
      await sweep();
      expect(await ledgerOf(stock)).toEqual({ tea: [10, 0, 0] });
      expect(await metrics.registry.metrics()).toContain('gorder_reservations_stuck{service="stock"} 0');
    });

    it("are not asked after any more, nor shown, when their order was sold after all", async () => {
      const needItems = vi.fn(answering(nobodyKnows));
      const { stock, clock, sweepOnce, orderIds, metrics } = await given(1, { needItems });
      for (let sweeps = 0; sweeps < 5; sweeps++) {
        await sweepOnce();
        clock.now += 5 * minute;
      }
      expect(await metrics.registry.metrics()).toContain('gorder_reservations_stuck{service="stock"} 1');
      await stock.updateMany(orderIds, commit);
      await sweepOnce();
      expect(needItems).toHaveBeenCalledTimes(5);
      expect(await metrics.registry.metrics()).toContain('gorder_reservations_stuck{service="stock"} 0');
    });

    it("stay sold when they are committed while their order is asked", async () => {
      const orders = { ...noOrders };
      const { stock, sweepOnce, orderIds } = await given(1, orders);
      orders.needItems = async (asked) => {
        await stock.update(orderIds[0] ?? "", commit);
        return noOrders.needItems(asked);
      };
      await sweepOnce();
      expect(await ledgerOf(stock)).toEqual({ tea: [9, 0, 1] });
    });

    it("stay held when another replica heard meanwhile that their order is alive", async () => {
      const orders = { ...noOrders };
      const { stock, clock, sweepOnce, orderIds } = await given(1, orders);
      const other = settleReservations({ stock, orders: alive, count: () => {}, now: () => clock.now });
      orders.needItems = async (asked) => {
        await other({ orderIds, deadline: new Date(clock.now - minute) });
        return noOrders.needItems(asked);
      };
      await sweepOnce();
      expect(await ledgerOf(stock)).toEqual({ tea: [9, 1, 0] });
    });

    it("are all seen to in few calls, each by one of the replicas, however many there are", async () => {
      const needItems = vi.fn(noOrders.needItems);
      const replicas = await given(0, { needItems });
      await replicas.stock.add([aProduct("cake", { available: 250 })]);
      const batch = Array.from({ length: 250 }, () => ({ ...anOrder({ cake: 1 }), expiresAt: new Date(0) }));
      await replicas.stock.reserve(batch, noPrices);
      await replicas.sweep();
      const asked = needItems.mock.calls.flatMap(([orderIds]) => orderIds);
      expect(asked.toSorted()).toEqual(batch.map(({ orderId }) => orderId).toSorted());
      // Fifty a call; of two replicas that meet, one may find less than that left.
      expect(needItems.mock.calls.length).toBeLessThanOrEqual(10);
      expect(await ledgerOf(replicas.stock)).toMatchObject({ cake: [250, 0, 0] });
    });

    it("that died with the replica that claimed them are another one's a minute later", async () => {
      const orders = { ...noOrders };
      const { stock, clock, sweepOnce } = await given(3, orders);
      // It dies while it asks, when it has claimed what it asks about.
      await new Promise<void>((asked) => {
        orders.needItems = () => {
          asked();
          return new Promise<never>(() => {});
        };
        void sweepOnce();
      });
      orders.needItems = noOrders.needItems;
      await sweepOnce();
      expect(await ledgerOf(stock)).toEqual({ tea: [7, 3, 0] });
      clock.now += minute;
      await sweepOnce();
      expect(await ledgerOf(stock)).toEqual({ tea: [10, 0, 0] });
    });
  });
}
