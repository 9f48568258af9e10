import { AppError } from "#common/errors";
import type { Logger } from "#common/logging";
import type { Order, OrderSnapshot } from "../domain/order.ts";
import type { OrderRepository } from "../domain/orderRepository.ts";
import { nextTry, type OutboxEntry } from "../domain/outbox.ts";
import type { Effects } from "./effects.ts";
import { eventQueue } from "./eventQueue.ts";
import type { Announce, Announcement, InTrace, Now, Report } from "./services.ts";

/** Sends what orders have to tell. */
export type Outbox = {
  /** Sends a new order's events soon, without making its customer wait. What fails is left to {@link Outbox.sweep}. */
  send(order: Order): void;
  /** Sends what is due, again if need be. Safe on every replica at once: each order is claimed by one. */
  sweep(): Promise<void>;
};

type Deps = {
  orders: OrderRepository;
  effects: Effects;
  announce: Announce;
  now: Now;
  inTrace: InTrace;
  report: Report;
  logger: Logger;
};

/** How old an entry may become that is refused again and again, and one that nobody answers, in milliseconds. */
const mostRefusedMs = 3_600_000;
const mostUnansweredMs = 24 * 3_600_000;

const largestBatch = 100;

/** How many orders are seen to at once: each takes some calls to other services. */
const atOnce = 10;

/**
 * The outbox of orders: why a paid one is never lost. A broker's "sent" proves nothing, so an entry is closed by its
 * effect: order.created by the order moving on, order.cancelled by its checkout being closed and its items being back in
 * stock, a sale by stock having sold what the order held, a refund by the money being back.
 */
export function createOutbox({ orders, effects, announce, now, inTrace, report, logger }: Deps): Outbox {
  const queue = eventQueue(announce, logger);

  /** One order that cannot be seen to does not keep the others. */
  async function seeTo({ snapshot }: Order): Promise<void> {
    const { id: orderId, traceparent } = snapshot;
    for (const entry of snapshot.outbox) {
      const effect = effects[entry.type];
      if (!effect || (entry.dueAt && entry.dueAt > now().at)) continue;
      await inTrace(`see to ${entry.type}`, traceparent, async () => {
        if ((await effect(snapshot, entry)) === "done") return;
        await orders.update(orderId, (order) => order.park(entry.id, nextTry(entry, now().at)));
      }).catch((error) => keepOrGiveUp(orderId, entry, error));
    }
  }

  /** What fails is tried again, until nobody can believe in it any more: then it is an operator's. */
  async function keepOrGiveUp(orderId: string, { id, type, at }: OutboxEntry, error: unknown): Promise<void> {
    const reason = String(error);
    const isRefused = error instanceof AppError && error.kind !== "unavailable" && error.kind !== "busy";
    if (now().at.getTime() - at.getTime() < (isRefused ? mostRefusedMs : mostUnansweredMs)) {
      logger.warn("an outbox entry stays", { orderId, type, reason });
      return;
    }
    try {
      await orders.update(orderId, (order) => order.giveUp(id, reason, now()));
      report({ kind: "given_up", outcome: "reported", orderId });
    } catch (cause) {
      logger.warn("an outbox entry stays", { orderId, type, reason: String(cause) });
    }
  }

  async function sweep(): Promise<void> {
    let claimed: readonly Order[];
    let isAway = false;
    do {
      claimed = await orders.claimDue(now().at, largestBatch);
      // A broker that is away, or holds publishers back, is waited for once a round, and by no order's items or money.
      const events: readonly Announcement[] = isAway ? [] : claimed.flatMap((order) => announcements(order.snapshot));
      const telling = queue.send(events);
      for (let from = 0; from < claimed.length; from += atOnce) {
        await Promise.all(claimed.slice(from, from + atOnce).map(seeTo));
      }
      isAway ||= events.length > 0 && (await telling).size === events.length;
    } while (claimed.length === largestBatch);
  }
  return { send: (order) => queue.add(announcements(order.snapshot)), sweep };
}

function announcements(order: OrderSnapshot): Announcement[] {
  return order.outbox.filter(({ type }) => type === "order.created").map((entry) => ({ entry, order }));
}
