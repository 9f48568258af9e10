import fc from "fast-check";
import { expect, it } from "vitest";
import type { ReservationRequest } from "../../domain/allot.ts";
import { count, restock } from "../../domain/dish.ts";
import { callOff, commit, release } from "../../domain/reservation.ts";
import { anAct, anOrder, aProduct, noPrices } from "../../testing.ts";
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
  fc.record({
    verb: fc.constantFrom("restock" as const, "count" as const),
    product: fc.constantFrom(...productIds),
    units: fc.integer({ min: -9, max: 9 }),
  }),
  fc.record({ verb: fc.constantFrom("commit" as const, "release" as const, "callOff" as const), order: orderNumber }),
);

it("keeps every unit in one pile and never goes below zero, whatever is reserved, committed, released, repeated, restocked and counted", async () => {
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
        } else if ("units" in step) {
          const move = step.verb === "restock" ? restock : count;
          const act = anAct(`dish.${step.verb}`, step.product);
          // Who would leave less than is reserved is refused.
          await stock.staff.perform(act, (found) => move(found, step.units)).catch(() => undefined);
        } else {
          // A commit after a release is refused, and so is a release after a commit.
          await stock.update(`order-${step.order}`, { commit, release, callOff }[step.verb]).catch(() => undefined);
        }
        for (const { id, available, reserved, sold } of await stock.products()) {
          const moved = (await stock.staff.movements(id, { limit: 100 })).reduce(
            (sum, { quantity }) => sum + quantity,
            0,
          );
          expect(Math.min(available, reserved, sold)).toBeGreaterThanOrEqual(0);
          expect(available + reserved + sold).toBe(initial + moved);
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
