import type { Handler } from "#common/decorator/observed";
import type { Logger } from "#common/logging";
import type { Metrics } from "#common/metrics";
import type { Due, StockRepository } from "../domain/stockRepository.ts";
import type { SettleReservations } from "./command/settleReservations.ts";

type SettleOverdueDeps = {
  stock: StockRepository;
  settle: Handler<SettleReservations, readonly PromiseSettledResult<boolean>[]>;
  /** How long past its deadline a reservation is left alone, in milliseconds: its order may just be under way. */
  graceMs: number;
  /** Milliseconds since the epoch. */
  now: () => number;
  logger: Logger;
  metrics: Metrics;
};

/** How many orders are asked about in one call, and settled in one transaction. */
const largestBatch = 50;

/** How many batches one sweep takes at most: requests of customers go before this work. */
const mostBatches = 100;

/** How long a claimed reservation is left to its replica: longer than the work takes, as a dead replica keeps it for that long. */
const claimMs = 60_000;

/** After so many failures of one reservation an operator has to look at it. */
const failuresToReport = 5;

/** How long one that failed is left alone at first, and at most: twice as long each time. */
const firstMs = 15_000;
const longestMs = 5 * 60_000;

/**
 * Settles every reservation that is overdue, a batch at a time. The replicas share the work: each claims what it is going
 * to settle. One that cannot be settled is put off, each for itself and longer each time: however many there are of its
 * kind, they hold up nobody.
 */
export function settleOverdue({
  stock,
  settle,
  graceMs,
  now,
  logger,
  metrics,
}: SettleOverdueDeps): () => Promise<void> {
  metrics.gauge(
    "gorder_reservations_stuck",
    "Overdue reservations that could not be settled, again and again",
    [],
    async (gauge) => gauge.set(await stock.countFailed(failuresToReport)),
  );

  function tell({ orderId, failures }: Due, reason: unknown): void {
    const times = failures + 1;
    const say = times === failuresToReport ? logger.error : logger.warn;
    say("an overdue reservation stays as it is", { orderId, times, reason: String(reason) });
  }

  /** @throws when order does not answer: the claimed reservations are free again when their claims end. */
  async function settleAll(due: readonly Due[], deadline: Date): Promise<void> {
    const outcomes = await settle({ orderIds: due.map(({ orderId }) => orderId), deadline });
    const failed = due.filter((one, index) => {
      const outcome = outcomes[index];
      if (outcome?.status === "rejected") tell(one, outcome.reason);
      return outcome?.status === "rejected";
    });
    await stock.putOff(
      failed.map(({ orderId, failures }) => {
        return { orderId, until: new Date(now() + Math.min(firstMs * 2 ** failures, longestMs)) };
      }),
    );
  }

  return async () => {
    const deadline = new Date(now() - graceMs);
    for (let batch = 0; batch < mostBatches; batch++) {
      const claim = { deadline, now: new Date(now()), until: new Date(now() + claimMs), limit: largestBatch };
      const due = await stock.claimDue(claim);
      if (due.length > 0) await settleAll(due, deadline);
      if (due.length < largestBatch) return;
    }
  };
}
