import { setTimeout as wait } from "node:timers/promises";
import { context, ROOT_CONTEXT } from "@opentelemetry/api";
import type { Logger } from "#common/logging";
import type { Orders, Ticket } from "./orders.ts";
import { rememberRumours } from "./rumours.ts";
import { backoffMs, type Timer } from "./timer.ts";
import { openWorkbench } from "./workbench.ts";

/** What the cooks are told by, and whom they claim their tickets from. */
export type BrigadeDeps = {
  orders: Pick<Orders, "claim" | "returnTickets">;
  cooks: number;
  /** How long a claim holds. */
  leaseSeconds: number;
  /** Works on a ticket until it is at its end; ends soon when the signal aborts. */
  serve: (ticket: Ticket, signal: AbortSignal) => Promise<void>;
  logger: Logger;
  timer: Timer;
};

/** Cooks who fetch their work themselves. */
export type Brigade = {
  /** An order was paid. @returns whether that is news. */
  nudge(orderId: string): boolean;
  /** How many tickets are in work. */
  busy(): number;
  /** Claims nothing more, leaves off and gives back what is not ready; in two seconds at most. */
  close(): Promise<void>;
};

/** The most that is claimed in one call: its answer is read as a whole. */
const mostAtOnce = 100;
/** A net below the nudges, for those that were lost and for what dead kitchens had claimed, in milliseconds. */
const netMs = 10_000;
/** The first look, in milliseconds after the start, when what is around the kitchen is up as well. */
const firstMs = 1_000;
const closeMs = 2_000;

/**
 * Claims tickets for free cooks, one call at a time and never more than there are cooks: when an order was paid, and
 * again as long as the last claim got all that it asked for.
 */
export function openBrigade({ orders, cooks, leaseSeconds, serve, logger, timer }: BrigadeDeps): Brigade {
  const rumours = rememberRumours();
  const bench = openWorkbench({ serve, onFailure: rumours.forget, onEnd: () => unrelated(look), logger });
  const free = () => cooks - bench.count();
  /** Whether a claim may find something. */
  let wanted = false;
  let claiming: Promise<void> | undefined;
  /** After a failure nobody asks before the timer says so, however many orders are paid meanwhile. */
  let resting = false;
  /** A claim's answer was lost: tickets may be ours that we do not know of. */
  let doubtful = false;
  let failures = 0;
  let callOff = () => {};

  const look = oncePerTurn(() => {
    if (bench.isClosing() || claiming || resting || !wanted || free() <= 0) return;
    claiming = claim().finally(() => {
      claiming = undefined;
      look();
    });
  });

  async function claim(): Promise<void> {
    wanted = false;
    callOff();
    let nextMs = netMs;
    try {
      const owes = doubtful && !(await giveBack());
      doubtful = true;
      const count = Math.min(free(), mostAtOnce);
      const tickets = await orders.claim(count, leaseSeconds);
      // Whoever closes gives all of them back.
      if (bench.isClosing()) return;
      doubtful = owes;
      failures = 0;
      rumours.confirm(tickets.map(({ orderId }) => orderId));
      for (const ticket of tickets) bench.begin(ticket);
      if (tickets.length >= count) wanted = true;
      else nextMs = rumours.doubt() ?? netMs;
    } catch (error) {
      logger.warn("no tickets can be had", { reason: String(error) });
      nextMs = backoffMs(failures++, netMs);
      resting = true;
    }
    lookIn(nextMs);
  }

  /** What cannot be given back is another kitchen's when its lease ends: nothing that waits for a cook has to wait for it. */
  async function giveBack(): Promise<boolean> {
    try {
      await orders.returnTickets(bench.orderIds());
      return true;
    } catch (error) {
      logger.warn("tickets are given back later", { reason: String(error) });
      return false;
    }
  }

  function lookIn(ms: number): void {
    if (bench.isClosing()) return;
    callOff = timer(ms, () => {
      resting = false;
      wanted = true;
      unrelated(look);
    });
  }

  async function leaveOff(): Promise<void> {
    callOff();
    const owes = bench.count() > 0 || doubtful;
    try {
      await Promise.all([claiming, bench.leaveOff()]);
      if (owes) await orders.returnTickets([]);
    } catch (error) {
      logger.warn("tickets are not given back", { reason: String(error) });
    }
  }

  let closed: Promise<void> | undefined;
  lookIn(firstMs);
  return {
    nudge(orderId) {
      if (!rumours.hear(orderId)) return false;
      wanted = true;
      look();
      return true;
    },
    busy: () => bench.count(),
    close() {
      closed ??= atMost(closeMs, leaveOff());
      return closed;
    },
  };
}

/** Does the work once for all who ask within one turn of the event loop, at its end. */
function oncePerTurn(work: () => void): () => void {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    setImmediate(() => {
      isAsked = false;
      work();
    });
  };
}

/** Waits for something so long and no longer. */
async function atMost(ms: number, something: Promise<void>): Promise<void> {
  const late = new AbortController();
  await Promise.race([something, wait(ms, undefined, { signal: late.signal }).catch(() => {})]);
  late.abort();
}

/** What is done for no order in particular belongs to no order's trace. */
function unrelated(work: () => void): void {
  context.with(ROOT_CONTEXT, work);
}
