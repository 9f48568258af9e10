import { afterEach } from "vitest";
import { actContract, type Wish } from "#common/testing/act.suite";
import { sessionPaid } from "../testing/events.ts";
import { paidOrder, stopListening } from "../testing/waiting.ts";

afterEach(stopListening);

actContract("payment", async () => {
  const { staff, send, keep } = await paidOrder();
  await send(sessionPaid("order-9", { amount_total: 1199, payment_intent: "pi_9" }, { id: "evt_9" }));
  const decide = ({ id: requestId, subject, content }: Wish, eventId: string) =>
    staff.resolvePutAside({
      act: { requestId, subject, name: subject, reason: "" },
      eventId,
      decision: content === "this" ? { case: "dismiss", value: {} } : { case: "refund", value: {} },
    });
  return {
    act: (wish) => decide(wish, "evt_9"),
    refusedAct: (wish) => decide(wish, "evt_8"),
    async effects() {
      const stored = await keep.get<{ decisions?: unknown[] }>("put-aside-evt_9");
      return stored?.value.decisions?.length ?? 0;
    },
    records: async () => (await staff.listPaymentActs({})).page?.records ?? [],
  };
});
