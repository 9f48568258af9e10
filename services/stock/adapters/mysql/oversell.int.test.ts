import fc from "fast-check";
import { expect, inject, it } from "vitest";
import { commit, release } from "../../domain/reservation.ts";
import { anOrder, aProduct, ledgerOf, noPrices } from "../../testing.ts";
import { temporaryReplicas } from "./testing.ts";

const server = inject("stack").mysqlUrl;

it("sells 100 units to exactly 100 of 500 buyers who come at once to two replicas", async () => {
  const { at } = await temporaryReplicas(server, [aProduct("tea", { available: 100 })], 2);
  const buyers = Array.from({ length: 500 }, (_, buyer) => at(buyer).reserve([anOrder({ tea: 1 })], noPrices));
  const outcomes = (await Promise.all(buyers)).map(([result]) => result?.outcome);
  expect(outcomes.filter((outcome) => outcome === "reserved")).toHaveLength(100);
  expect(outcomes.filter((outcome) => outcome === "rejected")).toHaveLength(400);
  expect(await ledgerOf(at(0))).toEqual({ tea: [0, 100, 0] });
});

it("serves products in any order of lines without a deadlock that anybody sees", async () => {
  const menu = ["cake", "soup", "tea"].map((id) => aProduct(id, { available: 200 }));
  const { at } = await temporaryReplicas(server, menu, 2);
  const orders = Array.from({ length: 300 }, (_, index) => {
    const order = anOrder({ cake: 1, soup: 1, tea: 1 });
    return { ...order, lines: index % 2 ? order.lines : order.lines.toReversed() };
  });
  const results = await Promise.all(orders.map((order, index) => at(index).reserve([order], noPrices)));
  expect(results.filter(([result]) => result?.outcome === "reserved")).toHaveLength(200);
  expect(await ledgerOf(at(0))).toEqual({ cake: [0, 200, 0], soup: [0, 200, 0], tea: [0, 200, 0] });
});

it("takes all or nothing when one of several products is short, while others want the same", async () => {
  const menu = [aProduct("cake", { available: 30 }), aProduct("tea", { available: 1_000 })];
  const { at } = await temporaryReplicas(server, menu, 2);
  const orders = Array.from({ length: 100 }, () => anOrder({ tea: 3, cake: 1 }));
  const results = await Promise.all(orders.map((order, index) => at(index).reserve([order], noPrices)));
  expect(results.filter(([result]) => result?.outcome === "reserved")).toHaveLength(30);
  expect(await ledgerOf(at(0))).toEqual({ cake: [0, 30, 0], tea: [910, 90, 0] });
});

it("gives one reservation to an order that two replicas are asked for at the same time with other lines", async () => {
  const { at } = await temporaryReplicas(server, [aProduct("cake"), aProduct("tea")], 2);
  for (let round = 0; round < 20; round++) {
    const order = anOrder({ tea: 1 });
    const other = { ...order, lines: [{ productId: "cake", quantity: 1 }] };
    const results = await Promise.all([order, other].map((request, index) => at(index).reserve([request], noPrices)));
    const reservations = results.map(([result]) => result?.outcome === "reserved" && result.reservation.lines);
    expect(reservations[0]).toEqual(reservations[1]);
    await at(0).update(order.orderId, release);
  }
  expect(await ledgerOf(at(0))).toEqual({ cake: [10, 0, 0], tea: [10, 0, 0] });
});

it("keeps the ledger while two replicas reserve, repeat, commit and release at random, all at once", async () => {
  const initial = 150;
  const ids = ["cake", "soup", "tea"];
  const menu = ids.map((id) => aProduct(id, { available: initial }));
  const quantities = fc.dictionary(fc.constantFrom(...ids), fc.integer({ min: 1, max: 4 }), { minKeys: 1 });
  const verb = fc.constantFrom("reserve", "commit", "release");
  const steps = fc.array(fc.tuple(verb, fc.nat(15), quantities), { minLength: 40, maxLength: 80 });
  const { at } = await temporaryReplicas(server, menu, 2);
  await fc.assert(
    fc.asyncProperty(steps, fc.uuid(), async (actions, run) => {
      await Promise.allSettled(
        actions.map(([action, number, wanted], index) => {
          const orderId = `${run}-${number}`;
          if (action === "reserve") return at(index).reserve([{ ...anOrder(wanted), orderId }], noPrices);
          return at(index).update(orderId, action === "commit" ? commit : release);
        }),
      );
      for (const { available, reserved, sold } of await at(0).products()) {
        expect(Math.min(available, reserved, sold)).toBeGreaterThanOrEqual(0);
        expect(available + reserved + sold).toBe(initial);
      }
    }),
    { numRuns: 15 },
  );
});
