import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { memoryState } from "#common/dapr/memory";
import type { StateStore } from "#common/dapr/ports";
import { statusOf } from "./testing/client.ts";
import { sessionPaid } from "./testing/events.ts";
import { knownOrder } from "./testing/fakes.ts";
import { stopListening, waiting } from "./testing/waiting.ts";

afterEach(stopListening);

/** A store that can be emptied, as Redis can. */
function forgetful(): StateStore & { forget(): void } {
  let state = memoryState();
  return {
    get: async (key) => state.get<never>(key),
    save: async (...saved) => {
      await new Promise(setImmediate);
      return state.save(...saved);
    },
    forget() {
      state = memoryState();
    },
  };
}

/** Payment past a lock that keeps nobody out, with an order that exists, and all that may happen to the two. */
async function world() {
  const state = forgetful();
  const parts = await waiting({ state, deliver: false });
  const { checkout, orders, events, client, deliver, send } = parts;
  orders.known.set("order-1", knownOrder());
  const session = () => checkout.found.get("cs_order-1");
  const tell = async (type: string, told: object) =>
    void (await send(sessionPaid("order-1", told, { id: `evt_${type}`, type: `checkout.session.${type}` })));
  const happens = {
    ordered: async () => void (await deliver()),
    paid: async () => {
      // Nobody pays at an address that nobody was told.
      if (orders.links.length > 0 && session()?.state.status === "open") checkout.pay("order-1");
    },
    heard: async () => {
      const status = session()?.state.status;
      if (status === "paid") await tell("completed", {});
      if (status === "closed") await tell("expired", { payment_status: "unpaid" });
    },
    forgotten: async () => state.forget(),
    unannounced: async () => {
      events.refusals = 1;
    },
    cancelled: async () => {
      orders.cancelled.add("order-1");
      const answer = await close().catch(() => undefined);
      if (answer && statusOf(answer) === "PAID") await refund().catch(() => undefined);
    },
  };
  const named = () => ({ orderId: "order-1", checkoutSessionId: orders.known.get("order-1")?.sessionId ?? "" });
  const close = () => client.closeCheckout({ ...named(), reason: "customer" });
  const refund = () => client.refundPayment(named());
  return { ...parts, happens, session, close, refund };
}

type Happening = keyof Awaited<ReturnType<typeof world>>["happens"];
const happening = fc.constantFrom<Happening>("ordered", "paid", "heard", "forgotten", "unannounced", "cancelled");
const atOnce = fc.array(happening, { minLength: 1, maxLength: 3 });

test("whatever happens at once or in turn, a cancelled order ends unpayable, and its money went back once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(atOnce, { maxLength: 8 }), async (turns) => {
      const { happens, session, close, refund, checkout, events, orders } = await world();
      for (const turn of turns) await Promise.all(turn.map((it) => happens[it]()));
      events.refusals = 0;
      orders.cancelled.add("order-1");
      await happens.ordered();
      const status = statusOf(await close());
      const paid = checkout.paid > 0;
      expect(["CLOSED", "PAID", "REFUNDED"]).toContain(status);
      if (status === "PAID") expect(statusOf(await refund())).toBe("REFUNDED");
      expect(session()?.state.status ?? "closed").toBe(paid ? "paid" : "closed");
      expect(checkout.refunds.length).toBe(paid ? 1 : 0);
      expect(new Set(events.published.map(({ id }) => id)).size).toBeLessThanOrEqual(paid ? 1 : 0);
      if (status === "PAID") expect(events.published.length).toBeGreaterThan(0);
      await stopListening();
    }),
    { numRuns: 150 },
  );
});
