import type { Handler } from "#common/decorator/observed";
import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import type { StockRepository } from "../domain/stockRepository.ts";
import type { SettleReservation } from "./command/settleReservation.ts";
import { putOff } from "./putOff.ts";

type Dependencies = {
  stock: StockRepository;
  settle: Handler<SettleReservation, boolean>;
  /** How long past its deadline a reservation is left alone, in milliseconds: its order may just be under way. */
  graceMs: number;
  /** Milliseconds since the epoch. */
  now: () => number;
  logger: Logger;
  metrics: Metrics;
};

const largestBatch = 100;

/** So many orders are asked about at once: a hold is short, so every order that is not paid at once comes by here. */
const atOnce = 5;

/** After so many in a row that cannot be settled the order service is most likely away: the next sweep goes on with others. */
const mostFailures = 5;

/** After so many failures of one reservation somebody has to look at it. */
const failuresToReport = 5;

/**
 * Settles every reservation that is overdue, a few at once. One that cannot be settled is put off, each for
 * itself and longer each time, and comes after all others: however many there are of its kind, they hold up nobody.
 * Safe on every replica at once.
 */
export function settleOverdue({ stock, settle, graceMs, now, logger, metrics }: Dependencies): () => Promise<void> {
  const later = putOff(now);
  metrics.gauge(
    "gorder_reservations_stuck",
    "Overdue reservations that could not be settled, again and again",
    [],
    (gauge) => gauge.set(later.stuck(failuresToReport)),
  );

  function failed(orderId: string, reason: unknown): void {
    const times = later.failed(orderId);
    const tell = times === failuresToReport ? logger.error : logger.warn;
    tell("an overdue reservation stays as it is", { orderId, times, reason: String(reason) });
  }

  /** @returns how many were changed. @throws when so many fail in a row that nobody seems to be there. */
  async function settleAll(orderIds: readonly string[], deadline: Date): Promise<number> {
    let changed = 0;
    let failures = 0;
    for (let start = 0; start < orderIds.length; start += atOnce) {
      const together = orderIds.slice(start, start + atOnce);
      const outcomes = await Promise.allSettled(together.map((orderId) => settle({ orderId, deadline })));
      for (const [index, orderId] of together.entries()) {
        const outcome = outcomes[index];
        if (outcome?.status === "rejected") {
          failed(orderId, outcome.reason);
          failures++;
        } else {
          if (outcome?.value) changed++;
          later.forget(orderId);
          failures = 0;
        }
      }
      const last = outcomes.at(-1);
      if (failures >= mostFailures && last?.status === "rejected") throw last.reason;
    }
    return changed;
  }

  async function settleOnceMore(deadline: Date): Promise<void> {
    const orderIds = later.due(largestBatch);
    const known = await stock.reservations(orderIds);
    const held = orderIds.filter((orderId) => known.get(orderId)?.status === "reserved");
    for (const orderId of orderIds) if (!held.includes(orderId)) later.forget(orderId);
    await settleAll(held, deadline);
  }

  return async () => {
    const deadline = new Date(now() - graceMs);
    for (;;) {
      const due = await stock.due(deadline, largestBatch, later.all());
      const orderIds = due.map(({ orderId }) => orderId);
      const changed = await settleAll(orderIds, deadline);
      if (due.length < largestBatch || changed === 0) break;
    }
    await settleOnceMore(deadline);
  };
}
