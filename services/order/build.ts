import { randomUUID } from "node:crypto";
import { Router } from "express";
import type { EventBus, Locks } from "#common/dapr/ports";
import type { ReadinessCheck } from "#common/http/health";
import { oneHost } from "#common/http/oneHost";
import { pageRoutes } from "#common/http/page";
import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import { startPeriodic } from "#common/periodic";
import type { Service } from "#common/service";
import { contextIn, currentTraceId, currentTraceparent, inSpan } from "#common/tracing";
import { announcer } from "./adapters/announcer.ts";
import { findings } from "./adapters/findings.ts";
import { orderFeed } from "./adapters/orderFeed.ts";
import { orderGauges } from "./adapters/orderGauges.ts";
import { orderIdOf } from "./adapters/orderId.ts";
import type { Sessions } from "./adapters/sessions.ts";
import { transitionMetrics } from "./adapters/transitionMetrics.ts";
import { createAdmission } from "./app/admission.ts";
import { createOrderApp, type OrderApp } from "./app/app.ts";
import { backfill } from "./app/backfill.ts";
import { closings } from "./app/closings.ts";
import type { UnpaidLimits } from "./app/command/unpaidFood.ts";
import { outboxEffects } from "./app/effects.ts";
import { withListeners } from "./app/listeners.ts";
import { createOutbox } from "./app/outbox.ts";
import type { InTrace, Payments, Stock } from "./app/services.ts";
import { unpaidTally } from "./app/unpaidTally.ts";
import type { ShopCard } from "./config.ts";
import type { OrderRepository } from "./domain/orderRepository.ts";
import { orderSubscriptions } from "./ports/events.ts";
import { isAccount } from "./ports/http/accountId.ts";
import { type AccountOptions, customerAccounts } from "./ports/http/accounts.ts";
import { dated } from "./ports/http/dated.ts";
import { docsRoutes } from "./ports/http/docs.ts";
import { orderEvents } from "./ports/http/orderEvents.ts";
import { type RateLimits, unlimited } from "./ports/http/rateLimits.ts";
import { apiRoutes } from "./ports/http/routes.ts";
import { keptToTls } from "./ports/http/session.ts";
import { shopRoutes } from "./ports/http/shop.ts";
import type { StreamLimits } from "./ports/http/streamLimits.ts";
import { orderRpc } from "./ports/rpc.ts";
import { orderStaffRpc } from "./ports/staffRpc.ts";

/** What the order service is built with. */
export type OrderOptions = {
  orders: OrderRepository;
  stock: Stock;
  payments: Payments;
  locks: Locks;
  events: EventBus;
  sessions: Sessions;
  /** Customers may sign in by this; default: all are guests. */
  accounts?: AccountOptions;
  /** Where the built page is; absolute. */
  webDir: string;
  /** Other hosts that dishes' pictures are on, such as "https://pictures.example". */
  imageOrigins?: readonly string[];
  /** Who and where the shop is. */
  shop?: ShopCard;
  logger: Logger;
  metrics: Metrics;
  checks?: Record<string, ReadinessCheck>;
  /** How long an order can be paid, in milliseconds; default 30 minutes. */
  ttlMs?: number;
  /** How long an order is held whose guest does not go to pay, in milliseconds; default as long as it can be paid. */
  holdMs?: number;
  /** How often orders are taken; default: as often as they come. */
  limits?: RateLimits;
  /** How many event streams are open at once; default: any number. */
  streamLimits?: StreamLimits;
  /** How many unpaid orders a customer may have; default: any number. */
  maxOpenOrders?: number;
  /** How much food unpaid orders may hold; default: any amount. */
  unpaidLimits?: UnpaidLimits;
  /** Where browsers find the shop: an origin. With https cookies are for TLS alone, whatever proxies say. */
  publicUrl?: string | undefined;
  /** How many proxies before this service are believed about the caller's address; default 0. */
  trustedProxies?: number;
  /** What time it is for every replica, in milliseconds since the epoch: deadlines are reckoned by it alone. */
  now?: () => number;
  close?: () => Promise<void>;
};

/** Order: the lifecycle from a customer's wish to a meal that is ready. */
export function buildOrder(options: OrderOptions): Service & { app: OrderApp } {
  const { sessions, logger, metrics, checks = {}, limits = unlimited, trustedProxies = 0, now = Date.now } = options;
  const { shop = { name: "Gorder", address: "", phone: "", hours: [] } } = options;
  const { app, admission, feed, stop } = startApp(options, now);
  const streams = orderEvents(app, feed, options.streamLimits);
  const accounts = options.accounts && customerAccounts(options.accounts, { app, sessions, logger, now });
  const http = Router().use(
    ...(options.publicUrl === undefined ? [] : [oneHost(options.publicUrl)]),
    dated(now),
    keptToTls(options.publicUrl),
    apiRoutes(app, sessions, streams, admission, limits, accounts),
    docsRoutes(),
    shopRoutes(shop),
    pageRoutes(options.webDir, options.imageOrigins),
  );
  return {
    name: "order",
    app,
    rpc(router) {
      orderRpc(app, logger)(router);
      orderStaffRpc(app)(router);
    },
    subscriptions: orderSubscriptions(app, { logger, metrics }),
    http,
    trustedProxies,
    checks: { ...checks },
    metrics,
    drain: streams.drain,
    async close() {
      await stop();
      await options.close?.();
    },
  };
}

/** The use cases on their store and neighbours, and what is done again and again until it is stopped. */
function startApp(options: OrderOptions, now: () => number) {
  const { stock, payments, locks, events, logger, metrics } = options;
  const { ttlMs = 1_800_000, holdMs = ttlMs, maxOpenOrders = Number.POSITIVE_INFINITY, unpaidLimits = {} } = options;
  const stamp = () => ({ at: new Date(now()), traceId: currentTraceId() });
  const clock = () => performance.now();
  const inTrace: InTrace = (name, traceparent, work) => inSpan(name, { parent: contextIn(traceparent) }, work);
  const newId = randomUUID;

  const tally = unpaidTally();
  const feed = orderFeed(options.orders, logger);
  const told = withListeners(options.orders, [transitionMetrics(metrics), feed.hear, tally.hear]);
  const { orders, closeSoon, stop: closeAll } = closings(told, stamp, logger);
  orderGauges(metrics, orders, now);
  const report = findings({ metrics, logger, orders, now });

  const soon = () => sending.soon();
  const effects = outboxEffects({ orders, stock, payments, now: stamp, newId, soon, report });
  const outbox = createOutbox({ orders, effects, announce: announcer(events), now: stamp, inTrace, report, logger });
  const sending = startPeriodic({ name: "sweeping the outbox", everyMs: 5_000, logger, work: outbox.sweep });
  const admission = createAdmission({ orders, metrics, clock });
  const door = startPeriodic({ name: "counting who waits", everyMs: 500, logger, work: admission.look });
  const app = createOrderApp({
    ...{ orders, stock, payments, outbox, admission, tally, report, inTrace, logger, metrics },
    ...{ ttlMs, holdMs, maxOpenOrders, unpaidLimits, clock, newId, soon, closeSoon },
    now: stamp,
    orderId: orderIdOf,
    isAccount,
    traceparent: currentTraceparent,
  });
  const fillOrders = backfill({ orders, now: stamp, clock });
  const caretaker = startPeriodic({
    name: "looking after orders",
    everyMs: 5_000,
    logger,
    // The lock saves work: what makes it right is that every order is claimed by one, and every step repeatable. Whoever
    // dies with it keeps the others waiting for as long as it is held.
    work: () => locks.withLock("order-caretaker", 15, () => app.lookAfter().then(fillOrders)),
  });

  async function stop(): Promise<void> {
    feed.close();
    await Promise.all([sending.stop(), caretaker.stop(), door.stop(), closeAll()]);
  }
  return { app, admission, feed, stop };
}
