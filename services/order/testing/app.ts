import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { announcer } from "../adapters/announcer.ts";
import { memoryOrders } from "../adapters/memoryOrders.ts";
import { createOrderApp } from "../app/app.ts";
import { createOutbox } from "../app/outbox.ts";
import type { Line } from "../domain/lines.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { fakeBus, fakeStock } from "./fakes.ts";
import { noon } from "./orders.ts";

type Parts = { stock?: ReturnType<typeof fakeStock>; orders?: OrderRepository; bus?: ReturnType<typeof fakeBus> };

/** The order service's use cases on fakes, at a time that the test sets (`clock.now`, from noon on). */
export function orderApp(parts: Parts = {}) {
  const { stock = fakeStock({ tea: 10, cake: 10 }), orders = memoryOrders(), bus = fakeBus() } = parts;
  const clock = { now: noon };
  const now = () => ({ at: new Date(clock.now), traceId: "" });
  const outbox = createOutbox({ orders, stock, announce: announcer(bus), now, logger: silentLogger });
  let ids = 0;
  const seen = { soon: 0 };
  const app = createOrderApp({
    orders,
    stock,
    outbox,
    now,
    ttlMs: 1_800_000,
    orderId: (customerId, key) => `${customerId}/${key}`,
    newId: () => `event-${++ids}`,
    traceparent: () => "",
    soon: () => seen.soon++,
    logger: silentLogger,
    metrics: createMetrics("order", false),
  });
  return { app, stock, orders, bus, outbox, clock, seen };
}

/** What ann wants, under one key. */
export function wish(quantities: Record<string, number>, idempotencyKey = "key-1", customerId = "ann") {
  const lines: Line[] = Object.entries(quantities).map(([productId, quantity]) => ({ productId, quantity }));
  return { customerId, idempotencyKey, lines };
}

/** The ids of the events of a type that were published. */
export function told(bus: ReturnType<typeof fakeBus>, type: string): string[] {
  return bus.published.filter((event) => event.type === type).map(({ id }) => id);
}
