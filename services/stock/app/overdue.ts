import type { Handler } from "#common/decorator/observed";
import type { Logger } from "#common/logging";
import type { StockRepository } from "../domain/stockRepository.ts";
import type { SettleReservation } from "./command/settleReservation.ts";

type Dependencies = {
  stock: StockRepository;
  settle: Handler<SettleReservation, boolean>;
  /** How long past its deadline a reservation is left alone, in milliseconds: its order may just be under way. */
  graceMs: number;
  /** Milliseconds since the epoch. */
  now: () => number;
  logger: Logger;
};

const largestBatch = 100;

/** After so many that cannot be settled the order service is most likely away: the next sweep finds the rest. */
const mostFailures = 5;

/** Settles every reservation that is overdue, one after the other. Safe on every replica at once. */
export function settleOverdue({ stock, settle, graceMs, now, logger }: Dependencies): () => Promise<void> {
  return async () => {
    const deadline = new Date(now() - graceMs);
    let failures = 0;
    const settled = (orderId: string) =>
      settle({ orderId, deadline }).catch((error: unknown) => {
        failures++;
        if (failures === mostFailures) throw error;
        logger.warn("an overdue reservation stays as it is", { orderId, reason: String(error) });
        return false;
      });
    for (;;) {
      const due = await stock.due(deadline, largestBatch);
      let changed = 0;
      for (const { orderId } of due) if (await settled(orderId)) changed++;
      if (due.length < largestBatch || changed === 0) return;
    }
  };
}
