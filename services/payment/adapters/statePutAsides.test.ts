import { expect, test } from "vitest";
import { memoryState } from "#common/dapr/memory";
import { statePutAsides } from "./statePutAsides.ts";

const message = (eventId: string) => ({
  eventId,
  orderId: "order-1",
  sessionId: "cs_1",
  taken: { amount: 1, currency: "eur" },
  reason: "other_amount" as const,
  at: new Date(0).toISOString(),
});

test("the newest two hundred are kept, a repeat changes nothing", async () => {
  const putAsides = statePutAsides(memoryState());
  for (let index = 1; index <= 210; index++) expect(await putAsides.add(message(`evt_${index}`))).toBe(true);
  expect(await putAsides.add(message("evt_210"))).toBe(false);
  const kept = await putAsides.list();
  expect([kept.length, kept[0]?.eventId, kept.at(-1)?.eventId]).toEqual([200, "evt_210", "evt_11"]);
});
