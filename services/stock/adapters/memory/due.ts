import type { StockRepository } from "../../domain/stockRepository.ts";
import type { Tables } from "./tables.ts";

/** Overdue reservations in memory. */
export function memoryDue({ reservations, due }: Tables): Pick<StockRepository, "claimDue" | "putOff" | "countFailed"> {
  const failuresOf = (orderId: string) => due.get(orderId)?.failures ?? 0;
  const isHeld = (orderId: string) => reservations.get(orderId)?.status === "reserved";
  return {
    async claimDue({ deadline, now, until, limit }) {
      const free = [...reservations.values()].filter(
        ({ orderId, expiresAt }) =>
          isHeld(orderId) && expiresAt <= deadline && (due.get(orderId)?.until.getTime() ?? 0) <= now.getTime(),
      );
      const claimed = free.sort((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime()).slice(0, limit);
      return claimed.map(({ orderId }) => {
        const failures = failuresOf(orderId);
        due.set(orderId, { until, failures });
        return { orderId, failures };
      });
    },
    async putOff(failed) {
      for (const { orderId, until } of failed)
        if (isHeld(orderId)) due.set(orderId, { until, failures: failuresOf(orderId) + 1 });
    },
    async countFailed(times) {
      return [...due].filter(([orderId, { failures }]) => isHeld(orderId) && failures >= times).length;
    },
  };
}
