import { create } from "@bufbuild/protobuf";
import { vi } from "vitest";
import { AppError } from "#common/errors";
import { toCloudEvent } from "#common/events";
import { OrderPaidSchema } from "#common/genproto/events/v1/events_pb";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { buildKitchen, type KitchenOptions } from "./kitchen.ts";
import type { Orders } from "./orders.ts";

/** What a fake call may be told to do before, or instead of, its work. */
type Hook = () => void | Promise<void>;

/** The order service as kitchens see it: who was paid first waits first; a claim is its kitchen's until it is given back. */
export function fakeOrders() {
  const waiting: string[] = [];
  const claims = new Map<string, string>();
  const ready: string[] = [];
  const calls: string[] = [];
  const hooks: {
    claim?: Hook;
    claimed?: Hook;
    giveBack?: Hook;
    markReady?: (orderId: string) => void | Promise<void>;
  } = {};
  const of = (kitchen: string): Orders => ({
    async claim(count) {
      calls.push(`claim ${count}`);
      await hooks.claim?.();
      const orderIds = waiting.splice(0, count);
      for (const orderId of orderIds) claims.set(orderId, kitchen);
      await hooks.claimed?.();
      return orderIds.map((orderId) => ({ orderId, traceparent: "" }));
    },
    async returnTickets(keep) {
      calls.push(`keep ${keep.join()}`);
      await hooks.giveBack?.();
      const given = [...claims].filter(([orderId, by]) => by === kitchen && !keep.includes(orderId));
      for (const [orderId] of given) claims.delete(orderId);
      waiting.unshift(...given.map(([orderId]) => orderId));
      return given.length;
    },
    async markReady(orderId) {
      calls.push(`ready ${orderId}`);
      await hooks.markReady?.(orderId);
      if (claims.get(orderId) !== kitchen) throw new AppError("conflict", "Another kitchen cooks it");
      claims.delete(orderId);
      ready.push(orderId);
    },
  });
  return { waiting, claims, ready, calls, hooks, of };
}

/** A kitchen whose meals are ready when the test says so. */
export function aKitchen(options: Partial<KitchenOptions> & { orders: Orders }) {
  const metrics = createMetrics("kitchen", false);
  const cooking = new Map<string, () => void>();
  let started = 0;
  const cook = (_seconds: number, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const meal = `meal-${++started}`;
      cooking.set(meal, () => {
        cooking.delete(meal);
        resolve();
      });
      signal.addEventListener("abort", () => {
        cooking.delete(meal);
        reject(signal.reason);
      });
    });
  const service = buildKitchen({ cooks: 4, cookSeconds: 5, logger: silentLogger, metrics, cook, ...options });
  return {
    service,
    metrics,
    /** What is on the stove. */
    cooking,
    finish: (count = Number.POSITIVE_INFINITY) => {
      for (const done of [...cooking.values()].slice(0, count)) done();
    },
    tell: (orderId: string) => service.subscriptions?.[0]?.handle(paid(orderId)),
  };
}

function paid(orderId: string) {
  const message = create(OrderPaidSchema, { meta: { eventId: `paid-${orderId}`, version: 1 }, orderId });
  return toCloudEvent("payment", "order.paid", OrderPaidSchema, message);
}

/** Everything that can happen without time passing has happened. */
export async function flush(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
}

/** So much time passes on vitest's clock. */
export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await flush();
}
