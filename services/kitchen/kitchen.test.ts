import { create } from "@bufbuild/protobuf";
import { expect, test, vi } from "vitest";
import { memoryLocks } from "#common/dapr/memory";
import type { Locks } from "#common/dapr/ports";
import { AppError } from "#common/errors";
import { toCloudEvent } from "#common/events";
import { OrderPaidSchema } from "#common/genproto/events/v1/events_pb";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { buildKitchen } from "./kitchen.ts";
import type { Course } from "./orders.ts";

// A busy machine may take its time.
const patiently = { timeout: 4_000 };

/** A kitchen whose meals are ready when the test says so. */
function kitchen({
  cooks = 4,
  course = (): Course => "cook",
  locks = memoryLocks(),
}: {
  cooks?: number;
  course?: (id: string) => Course;
  locks?: Locks;
} = {}) {
  const metrics = createMetrics("kitchen", false);
  const cooking: { finish: () => void }[] = [];
  const ready: string[] = [];
  const orders = {
    courseOf: vi.fn(async (orderId: string) => course(orderId)),
    markReady: async (orderId: string) => void ready.push(orderId),
  };
  const cook = (_seconds: number, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      cooking.push({ finish: resolve });
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  const service = buildKitchen({ orders, locks, cooks, cookSeconds: 5, logger: silentLogger, metrics, cook });
  const deliver = (orderId: string) => service.subscriptions?.[0]?.handle(paid(orderId));
  return { service, deliver, orders, cooking, ready, metrics };
}

function paid(orderId: string) {
  const message = create(OrderPaidSchema, { meta: { eventId: `paid-${orderId}`, version: 1 }, orderId });
  return toCloudEvent("payment", "order.paid", OrderPaidSchema, message);
}

test("a paid order is cooked, then marked ready, and only then is its event settled", async () => {
  const { deliver, cooking, ready } = kitchen();
  const outcome = deliver("order-1");
  await vi.waitFor(() => expect(cooking).toHaveLength(1), patiently);
  expect(ready).toEqual([]);
  cooking[0]?.finish();
  expect(await outcome).toBe("done");
  expect(ready).toEqual(["order-1"]);
});

test("no more orders are cooked at once than there are cooks", async () => {
  const { deliver, cooking, ready, metrics } = kitchen({ cooks: 2 });
  const outcomes = ["a", "b", "c", "d", "e"].map(deliver);
  const numbers = () => metrics.registry.metrics();
  await vi.waitFor(async () => expect(await numbers()).toMatch(/kitchen_tickets\{state="waiting".*\} 3\n/), patiently);
  expect(await numbers()).toMatch(/kitchen_tickets\{state="cooking".*\} 2\n/);
  expect(cooking).toHaveLength(2);
  for (let done = 0; done < 5; done++) {
    await vi.waitFor(() => expect(cooking.length).toBeGreaterThan(done), patiently);
    expect(cooking.length - done).toBeLessThanOrEqual(2);
    cooking[done]?.finish();
  }
  expect(await Promise.all(outcomes)).toEqual(["done", "done", "done", "done", "done"]);
  expect(ready.sort()).toEqual(["a", "b", "c", "d", "e"]);
});

test("an order that does not know yet that it was paid is asked about again later, and not cooked", async () => {
  const { deliver, cooking } = kitchen({ course: () => "too early" });
  expect(await deliver("order-1")).toBe("retry");
  expect(cooking).toEqual([]);
});

test("an order that learns a moment later that it was paid is cooked with the same delivery", async () => {
  const courses: Course[] = ["too early", "too early"];
  const { deliver, cooking } = kitchen({ course: () => courses.shift() ?? "cook" });
  const outcome = deliver("order-1");
  await vi.waitFor(() => expect(cooking).toHaveLength(1), patiently);
  cooking[0]?.finish();
  expect(await outcome).toBe("done");
});

test("an order that is over is never cooked", async () => {
  const { deliver, cooking, ready } = kitchen({ course: () => "over" });
  expect(await deliver("order-1")).toBe("repeated");
  expect([cooking, ready]).toEqual([[], []]);
});

test("the same order delivered twice at once is cooked once, and both deliveries wait for its end", async () => {
  const { deliver, cooking, ready, orders } = kitchen();
  const outcomes = Promise.all([deliver("order-1"), deliver("order-1")]);
  await vi.waitFor(() => expect(cooking).toHaveLength(1), patiently);
  cooking[0]?.finish();
  expect(await outcomes).toEqual(["done", "repeated"]);
  expect(orders.courseOf).toHaveBeenCalledTimes(2);
  expect(ready).toEqual(["order-1"]);
});

test("the same order told to two kitchens at once is cooked by one, and the other has it told again until it is ready", async () => {
  const locks = memoryLocks();
  let done = false;
  const [one, two] = [kitchen({ locks }), kitchen({ locks, course: () => (done ? "over" : "cook") })];
  const first = one.deliver("order-1");
  await vi.waitFor(() => expect(one.cooking).toHaveLength(1), patiently);
  expect(await two.deliver("order-1")).toBe("retry");
  one.cooking[0]?.finish();
  expect(await first).toBe("done");
  done = true;
  expect(await two.deliver("order-1")).toBe("repeated");
  expect(two.cooking).toEqual([]);
});

test("an order that was cooked elsewhere, or given back, while its ticket waited is not cooked", async () => {
  const courses: Course[] = ["cook", "over"];
  const { deliver, cooking, ready } = kitchen({ course: () => courses.shift() ?? "over" });
  expect(await deliver("order-1")).toBe("repeated");
  expect([cooking, ready]).toEqual([[], []]);
});

test("locks that do not answer keep nobody from eating", async () => {
  const away: Locks = { withLock: () => Promise.reject(new AppError("unavailable", "no Redis")) };
  const { deliver, cooking, ready } = kitchen({ locks: away });
  const outcome = deliver("order-1");
  await vi.waitFor(() => expect(cooking).toHaveLength(1), patiently);
  cooking[0]?.finish();
  expect(await outcome).toBe("done");
  expect(ready).toEqual(["order-1"]);
});

test("a delivery after a failed ticket starts a new one", async () => {
  const { deliver, cooking, orders } = kitchen();
  orders.courseOf.mockRejectedValueOnce(new AppError("unavailable", "away"));
  expect(await deliver("order-1")).toBe("retry");
  const outcome = deliver("order-1");
  await vi.waitFor(() => expect(cooking).toHaveLength(1), patiently);
  cooking[0]?.finish();
  expect(await outcome).toBe("done");
});

test("a meal that is no longer wanted settles its event; an order service that is away does not", async () => {
  const { deliver, cooking, orders } = kitchen();
  orders.markReady = () => Promise.reject(new AppError("conflict", "a refunded order cannot become ready"));
  const unwanted = deliver("order-1");
  await vi.waitFor(() => expect(cooking).toHaveLength(1), patiently);
  cooking[0]?.finish();
  expect(await unwanted).toBe("repeated");
  orders.markReady = () => Promise.reject(new AppError("unavailable", "away"));
  const untold = deliver("order-2");
  await vi.waitFor(() => expect(cooking).toHaveLength(2), patiently);
  cooking[1]?.finish();
  expect(await untold).toBe("retry");
});

test("a kitchen that closes has every unfinished order sent again, cooking or waiting", async () => {
  const { service, deliver, cooking, ready } = kitchen({ cooks: 1 });
  const outcomes = Promise.all([deliver("a"), deliver("a"), deliver("b")]);
  await vi.waitFor(() => expect(cooking).toHaveLength(1), patiently);
  service.drain?.();
  expect(await outcomes).toEqual(["retry", "retry", "retry"]);
  expect(cooking).toHaveLength(1);
  expect(ready).toEqual([]);
});
