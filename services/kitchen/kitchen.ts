import { setTimeout } from "node:timers/promises";
import pLimit from "p-limit";
import type { Locks } from "#common/dapr/ports";
import { AppError, isKind } from "#common/errors";
import { subscription } from "#common/events";
import { OrderPaidSchema } from "#common/genproto/events/v1/events_pb";
import type { Logger } from "#common/logging";
import type { EventOutcome, Metrics } from "#common/metrics";
import type { Service } from "#common/service";
import { inSpan } from "#common/tracing";
import type { Course, Orders } from "./orders.ts";

/** What the kitchen is built with. */
export type KitchenOptions = {
  orders: Orders;
  /** Keep two kitchens from cooking one order that was told to both at once. */
  locks: Locks;
  /** How many orders are cooked at once. */
  cooks: number;
  cookSeconds: number;
  logger: Logger;
  metrics: Metrics;
  /** Takes the time that a meal takes; rejects as soon as the signal aborts. */
  cook?: (seconds: number, signal: AbortSignal) => Promise<void>;
  /** Lets so many milliseconds pass. */
  pause?: (ms: number) => Promise<void>;
};

/** How a ticket ends unless it throws; then its event is sent again. */
type Settled = Exclude<EventOutcome, "retry">;

/** How long an order may take to learn that it was paid before its event is sent back, in steps. */
const momentsMs = [30, 100, 300];

/** How much longer than a meal takes the lock on it is held, in seconds: whoever dies with it holds the order up. */
const lockMarginSeconds = 5;

const wait = (seconds: number, signal: AbortSignal): Promise<void> => setTimeout(seconds * 1000, undefined, { signal });

/**
 * The kitchen: cooks what was paid, a set number of orders at once, and says so when a meal is ready. It keeps nothing:
 * an event is settled when its meal is ready, so whatever is unfinished at the end is sent to another kitchen.
 */
export function buildKitchen(options: KitchenOptions): Service {
  const { orders, locks, cooks, cookSeconds, logger, metrics, cook = wait, pause = setTimeout } = options;
  const tickets = new Map<string, Promise<Settled>>();
  const stove = pLimit(cooks);
  const closing = new AbortController();

  async function ticket(orderId: string): Promise<Settled> {
    const course = await settledCourse(orderId);
    if (course === "over") return "repeated";
    if (course === "too early") throw new AppError("unavailable", "The order does not know yet that it was paid");
    return stove(() => inSpan("cook", {}, () => cookAlone(orderId)));
  }

  /** The lock saves a second meal and guards nothing: an order becomes ready once. Without locks everybody still eats. */
  async function cookAlone(orderId: string): Promise<Settled> {
    let settled: Settled | undefined;
    let started = false;
    const work = async (): Promise<void> => {
      started = true;
      settled = await cookAndTell(orderId);
    };
    await locks.withLock(`cook-${orderId}`, cookSeconds + lockMarginSeconds, work).catch(async (error) => {
      if (started) throw error;
      logger.warn("cooking without a lock", { orderId, reason: String(error) });
      await work();
    });
    if (!settled) throw new AppError("unavailable", "Another kitchen is cooking this order");
    return settled;
  }

  async function cookAndTell(orderId: string): Promise<Settled> {
    // While this ticket waited, another kitchen may have been faster, or the order's money went back.
    if ((await orders.courseOf(orderId)) === "over") return "repeated";
    await cookOne(orderId);
    try {
      await orders.markReady(orderId);
      return "done";
    } catch (error) {
      if (!isKind(error, "conflict")) throw error;
      logger.warn("meal is no longer wanted", { orderId, reason: error.message });
      return "repeated";
    }
  }

  /** order.paid goes to the order and to us at once: where we were faster, a moment saves a whole delivery. */
  async function settledCourse(orderId: string): Promise<Course> {
    for (const pauseMs of momentsMs) {
      const course = await orders.courseOf(orderId);
      if (course !== "too early") return course;
      await pause(pauseMs);
    }
    return orders.courseOf(orderId);
  }

  async function cookOne(orderId: string): Promise<void> {
    const { signal } = closing;
    try {
      signal.throwIfAborted();
      await cook(cookSeconds, signal);
    } catch (cause) {
      if (!signal.aborted) throw cause;
      throw new AppError("unavailable", "The kitchen closes before the meal is ready", {}, { cause });
    }
    logger.info("meal is cooked", { orderId });
  }

  /** The same order twice at once is one ticket: the second delivery shares the first one's end. */
  async function handle(orderId: string): Promise<Settled> {
    const underWay = tickets.get(orderId);
    if (underWay) return underWay.then(() => "repeated");
    const mine = ticket(orderId).finally(() => tickets.delete(orderId));
    tickets.set(orderId, mine);
    return mine;
  }

  metrics.gauge("gorder_kitchen_tickets", "Orders in the kitchen by state", ["state"], (gauge) => {
    gauge.set({ state: "cooking" }, stove.activeCount);
    gauge.set({ state: "waiting" }, stove.pendingCount);
  });
  return {
    name: "kitchen",
    subscriptions: [subscription("order.paid", OrderPaidSchema, ({ orderId }) => handle(orderId), { logger, metrics })],
    checks: {},
    metrics,
    drain: () => closing.abort(),
    async close() {
      closing.abort();
    },
  };
}
