import { faults } from "./faults.ts";
import type { Plan } from "./round.ts";

/** What `npm test` tries: one of each kind, in minutes. */
export const quickFaults = faults.filter(({ isQuick }) => isQuick);
/** How long, in seconds, and with how many guests a second. */
export const quickPlan: Plan = { rate: 4, before: 2, during: 6, after: 3 };

/** Around a fault of so many seconds, this many guests a second. */
export function longPlan(rate: number, during: number): Plan {
  return { rate, before: 3, during, after: 5 };
}
