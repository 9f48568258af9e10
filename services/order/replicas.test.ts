import { expect, onTestFinished, test, vi } from "vitest";
import { memoryLocks } from "#common/dapr/memory";
import { listen } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { publicApp } from "#common/service";
import { sharedClock } from "#common/sharedClock";
import { fakeBus } from "#common/testing/fakeBus";
import { memoryOrders } from "./adapters/memoryOrders.ts";
import { guestSessions } from "./adapters/sessions.ts";
import { buildOrder } from "./build.ts";
import { fakePayments } from "./testing/fakePayments.ts";
import { fakeStock } from "./testing/fakes.ts";
import { sessionSecret } from "./testing/http.ts";

const noon = Date.UTC(2026, 0, 1, 12);
const minute = 60_000;

/** Two replicas on one store where it is noon; the clock of one is ten minutes behind, the other's ten minutes ahead. */
async function given() {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const time = { steady: 0 };
  const [orders, payments] = [memoryOrders(), fakePayments()];
  const stock = fakeStock({ tea: 10 });
  const replica = async (aheadMs: number) => {
    const metrics = createMetrics("order", false);
    const clock = await sharedClock({
      theirs: async () => new Date(noon + time.steady),
      ours: () => noon + time.steady + aheadMs,
      steady: () => time.steady,
      metrics,
      logger: silentLogger,
    });
    const service = buildOrder({
      ...{ orders, stock, payments, metrics },
      locks: memoryLocks(),
      events: fakeBus(),
      sessions: guestSessions([sessionSecret]),
      webDir: import.meta.dirname,
      ttlMs: 5 * minute,
      logger: silentLogger,
      now: clock.now,
      close: clock.stop,
    });
    onTestFinished(() => service.close());
    /** The service, while the process's own clock shows what this replica's does. */
    const use = () => {
      vi.setSystemTime(noon + time.steady + aheadMs);
      return service;
    };
    return use;
  };
  const [slow, fast] = [await replica(-10 * minute), await replica(10 * minute)];
  const pass = (ms: number) => {
    time.steady += ms;
  };
  const place = async (at: typeof slow) =>
    (
      await at().app.createOrder({
        customerId: "guest",
        idempotencyKey: `key-${time.steady}`,
        lines: [{ productId: "tea", quantity: 1 }],
      })
    ).id;
  const status = async (id: string) => (await orders.get(id))?.snapshot.status;
  return { slow, fast, pass, place, status, orders, payments };
}

test("an unpaid order ends at its time by the database's clock, whichever replica made it or looks", async () => {
  const { slow, fast, pass, place, status, orders } = await given();
  const ids = [await place(slow), await place(fast)];
  for (const id of ids) expect((await orders.get(id))?.snapshot.expiresAt).toEqual(new Date(noon + 5 * minute));
  pass(5 * minute - 1);
  await fast().app.lookAfter();
  expect(await Promise.all(ids.map(status))).toEqual(["pending", "pending"]);
  pass(2 * minute);
  await slow().app.lookAfter();
  expect(await Promise.all(ids.map(status))).toEqual(["cancelled", "cancelled"]);
});

test("a kitchen's lease that one replica gives holds at the other until it is over by the database's clock", async () => {
  const { slow, fast, pass, place } = await given();
  const orderId = await place(fast);
  await fast().app.payOrder({ orderId, amount: (await fast().app.getOrder({ orderId, customerId: "guest" })).total });
  const claim = (at: typeof slow, kitchenId: string) =>
    at().app.claimTickets({ kitchenId, count: 1, leaseSeconds: 60 });
  expect(await claim(slow, "one")).toHaveLength(1);
  pass(minute - 1);
  expect(await claim(fast, "two")).toHaveLength(0);
  pass(1);
  expect(await claim(slow, "two")).toHaveLength(1);
});

test("answers carry the database's time, which guests' pages count down by", async () => {
  const { fast } = await given();
  const server = await listen(publicApp(fast(), silentLogger), "127.0.0.1", 0);
  onTestFinished(() => server.close());
  const { headers } = await fetch(`http://127.0.0.1:${server.port}/api/products`);
  expect(headers.get("date")).toBe(new Date(noon).toUTCString());
});

test("how old the outbox is goes by the database's clock", async () => {
  const { fast, pass, place } = await given();
  await place(fast);
  pass(2_000);
  expect(await fast().metrics.registry.metrics()).toContain('gorder_outbox_age_seconds{service="order"} 2\n');
});
