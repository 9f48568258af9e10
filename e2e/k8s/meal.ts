import { vi } from "vitest";
import { newCustomer } from "../customer.ts";

/** A new guest orders, pays and gets the meal; tries again as long as the shop is in trouble, for three minutes. */
export function mealFor(whom: string): Promise<void> {
  return vi.waitFor(
    async () => {
      try {
        const guest = await newCustomer();
        await guest.payAndFetch((await guest.order()).id);
      } catch (error) {
        throw new Error(`${whom} got no meal: ${error instanceof Error ? error.message : error}`);
      }
    },
    { timeout: 180_000, interval: 1_000 },
  );
}
