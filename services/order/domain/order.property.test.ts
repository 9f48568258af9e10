import fc from "fast-check";
import { expect, test } from "vitest";
import { placed, stamp, type Verb, verbs } from "../testing/orders.ts";
import { mayMove, type Status } from "./status.ts";

const names = Object.keys(verbs) as Verb[];

/** The drawing in DESIGN, written a second time on purpose: a change of the table has to be meant. */
const arrows = new Set([
  "pending>waiting_for_payment",
  "pending>cancelled",
  "waiting_for_payment>paid",
  "waiting_for_payment>cancelled",
  "paid>cooking",
  "cooking>cooking",
  "cooking>paid",
  "cooking>ready",
  "cooking>refunded",
  "paid>refunded",
  "cancelled>refunded",
  // What staff alone do.
  "paid>cancelled",
  "cooking>cancelled",
  "ready>cooking",
  "ready>refunded",
]);

test("the transition table is the one that was drawn", () => {
  const all: Status[] = ["pending", "waiting_for_payment", "paid", "cooking", "ready", "cancelled", "refunded"];
  const drawn = all.flatMap((from) => all.filter((to) => mayMove(from, to)).map((to) => `${from}>${to}`));
  expect(new Set(drawn)).toEqual(arrows);
});

test("whatever is tried, and in whatever order, an order only ever follows the table", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...names), { maxLength: 30 }), (tried) => {
      const order = placed();
      for (const [index, verb] of tried.entries()) {
        const before = structuredClone(order.snapshot);
        let changed = false;
        try {
          changed = verbs[verb](order, stamp(index + 1));
        } catch (error) {
          expect(error).toMatchObject({ kind: "conflict" });
        }
        const now = order.snapshot;
        if (!changed) expect(now).toEqual(before);
        const steps = now.history.slice(before.history.length - 1).map(({ status }) => status);
        for (const [at, to] of steps.slice(1).entries()) expect(arrows).toContain(`${steps[at]}>${to}`);

        expect(now.history.at(-1)?.status).toBe(now.status);
        expect(now.version).toBe(now.history.length);
        expect(now.history.slice(0, before.history.length)).toEqual(before.history);
        const open = now.outbox.filter(({ type }) => type === "order.created").length;
        expect(open).toBe(now.status === "pending" ? 1 : 0);
        const { lines, total, id, customerId, traceparent } = before;
        expect(now).toMatchObject({ lines, total, id, customerId, traceparent });
      }
    }),
    { numRuns: 500 },
  );
});
