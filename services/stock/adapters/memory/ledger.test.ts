import fc from "fast-check";
import { expect, it } from "vitest";
import type { ReservationRequest } from "../../domain/allot.ts";
import { commit, release } from "../../domain/reservation.ts";
import { anOrder, aProduct, noPrices } from "../../testing.ts";
import { memoryStock } from "./stock.ts";

const productIds = ["cake", "soup", "tea"];
const orders = 6;

const quantities = fc.dictionary(fc.constantFrom(...productIds), fc.integer({ min: 1, max: 5 }), { minKeys: 1 });
const orderNumber = fc.nat(orders - 1);
const action = fc.oneof(
  fc.record({
    verb: fc.constant("reserve" as const),
    batch: fc.array(fc.tuple(orderNumber, quantities), { minLength: 1 }),
  }),
  fc.record({ verb: fc.constantFrom("commit" as const, "release" as const), order: orderNumber }),
);

it("keeps every unit in one pile and never goes below zero, whatever is reserved, committed, released and repeated", async () => {
  const initial = 7;
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (actions) => {
      const stock = memoryStock(productIds.map((id) => aProduct(id, { available: initial })));
      for (const step of actions) {
        if (step.verb === "reserve") {
          const requests = step.batch.map(
            ([order, lines]): ReservationRequest => ({ ...anOrder(lines), orderId: `order-${order}` }),
          );
          await stock.reserve(requests, noPrices);
        } else {
          // A commit after a release is refused, and so is a release after a commit.
          await stock.update(`order-${step.order}`, step.verb === "commit" ? commit : release).catch(() => undefined);
        }
        for (const { available, reserved, sold } of await stock.products()) {
          expect(Math.min(available, reserved, sold)).toBeGreaterThanOrEqual(0);
          expect(available + reserved + sold).toBe(initial);
        }
      }
    }),
    { numRuns: 300 },
  );
});

it("reserves exactly what the reservations in force hold", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(quantities, { minLength: 1, maxLength: 20 }), async (wanted) => {
      const stock = memoryStock(productIds.map((id) => aProduct(id, { available: 12 })));
      const results = await stock.reserve(wanted.map(anOrder), noPrices);
      const held = new Map(productIds.map((id) => [id, 0]));
      for (const result of results) {
        if (result.outcome !== "reserved") continue;
        for (const { productId, quantity } of result.reservation.lines)
          held.set(productId, (held.get(productId) ?? 0) + quantity);
      }
      for (const { id, reserved } of await stock.products()) expect(reserved).toBe(held.get(id));
    }),
  );
});
