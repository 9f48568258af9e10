import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { stateNames } from "../adapters/stateNames.ts";
import { actRecord } from "../testing/acts.ts";
import { sessionPaid } from "../testing/events.ts";
import { aPutAside } from "../testing/putAsides.ts";
import { paidOrder, stopListening } from "../testing/waiting.ts";

afterEach(stopListening);

test("what a replica of the version before puts aside is taken over in the next round, listed or not", async () => {
  const { state, service, staff } = await paidOrder();
  expect((await staff.listMoney({})).putAside).toEqual([]);
  await state.save("put-aside-evt_late", aPutAside("evt_late"));
  await stateNames(state, "put-asides").add("evt_late");
  await service.app.attendAll();
  expect((await staff.listMoney({})).putAside).toMatchObject([{ eventId: "evt_late" }]);
});

test("an act that the version before refused is refused again, whatever is there by now", async () => {
  const { state, send, staff } = await paidOrder();
  await send(sessionPaid("order-9", { amount_total: 1199, payment_intent: "pi_9" }, { id: "evt_9" }));
  const id = randomUUID();
  const record = actRecord(id, { target: "evt_9", refusal: "No message of this id was put aside" });
  await stateNames(state, "acts").add(id);
  await state.save(`act-${id}`, { id, target: "evt_9", refusal: { kind: "not_found", record } });
  const act = { requestId: id, subject: "olga", name: "Olga", reason: "looked at" };
  const again = staff.resolvePutAside({ act, eventId: "evt_9", decision: { case: "dismiss", value: {} } });
  await expect(again).rejects.toMatchObject({ kind: "not_found" });
});
