import { setTimeout } from "node:timers/promises";
import { AppError } from "#common/errors";
import { subscription } from "#common/events";
import { OrderPaidSchema } from "#common/genproto/events/v1/events_pb";
import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import type { Service } from "#common/service";
import { contextIn, inSpan } from "#common/tracing";
import { openBrigade } from "./brigade.ts";
import type { Orders, Ticket } from "./orders.ts";
import { backoffMs, pause, type Timer, wallTimer } from "./timer.ts";

/** What the kitchen is built with. */
export type KitchenOptions = {
  orders: Orders;
  /** "board": it claims nothing, as staff take the tickets; default "auto". */
  mode?: "auto" | "board";
  /** How many orders are cooked at once. */
  cooks: number;
  cookSeconds: number;
  logger: Logger;
  metrics: Metrics;
  /** Takes the time that a meal takes; rejects as soon as the signal aborts. */
  cook?: (seconds: number, signal: AbortSignal) => Promise<void>;
  /** Every other wait goes by this; by default it is the clock on the wall. */
  timer?: Timer;
};

/** How much longer than a meal takes its claim holds, in seconds: whoever dies with it holds the order up. */
const leaseMarginSeconds = 30;

/** How long after its lease a meal is still told as ready while nobody answers: nothing can be claimed then anyway. */
const patienceMs = 10 * 60 * 1_000;

/** The longest between two attempts to say that a meal is ready, in milliseconds. */
const mostPauseMs = 5_000;

const stand = (seconds: number, signal: AbortSignal): Promise<void> =>
  setTimeout(seconds * 1000, undefined, { signal });

/**
 * The kitchen: claims what was paid first, cooks a set number of orders at once, and says so when a meal is ready. The
 * work list is the orders themselves; an event only says that it is worth a look. So nothing is held while somebody
 * cooks, and what a kitchen that dies had claimed is claimed by another when the lease ends.
 */
export function buildKitchen(options: KitchenOptions): Service {
  const { orders, mode = "auto", cooks, cookSeconds, logger, metrics, cook = stand, timer = wallTimer } = options;
  const leaseSeconds = Math.ceil(cookSeconds) + leaseMarginSeconds;
  const brigade = mode === "auto" && openBrigade({ orders, cooks, leaseSeconds, serve, logger, timer });

  function serve({ orderId, traceparent }: Ticket, signal: AbortSignal): Promise<void> {
    const leaseEnds = performance.now() + leaseSeconds * 1_000;
    return inSpan("cook", { parent: contextIn(traceparent), attributes: { "order.id": orderId } }, async () => {
      await cook(cookSeconds, signal);
      logger.info("meal is cooked", { orderId });
      await tell(orderId, leaseEnds + patienceMs, signal);
    });
  }

  /** The meal is cooked, so who does not answer is asked again. A refusal is the end. */
  async function tell(orderId: string, until: number, signal: AbortSignal): Promise<void> {
    for (let failures = 0; ; failures++) {
      try {
        return await orders.markReady(orderId);
      } catch (error) {
        if (!(error instanceof AppError) || signal.aborted) throw error;
        if (error.kind !== "unavailable") return logger.warn("meal is not wanted", { orderId, reason: error.message });
        if (performance.now() > until) throw error;
        await pause(timer, backoffMs(failures, mostPauseMs), signal);
        signal.throwIfAborted();
      }
    }
  }

  metrics.gauge("gorder_kitchen_tickets", "Orders in the kitchen by state", ["state"], (gauge) => {
    gauge.set({ state: "cooking" }, brigade ? brigade.busy() : 0);
  });
  const hear = async ({ orderId }: { orderId: string }) => (brigade && !brigade.nudge(orderId) ? "repeated" : "done");
  return {
    name: "kitchen",
    subscriptions: [subscription("order.paid", OrderPaidSchema, hear, { logger, metrics })],
    checks: {},
    metrics,
    drain() {
      if (brigade) void brigade.close();
    },
    async close() {
      if (brigade) await brigade.close();
    },
  };
}
