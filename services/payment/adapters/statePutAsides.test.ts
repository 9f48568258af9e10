import { expect, test } from "vitest";
import { memoryState } from "#common/dapr/memory";
import { decide } from "../domain/putAside.ts";
import { actRecord } from "../testing/acts.ts";
import { slowState } from "../testing/fakes.ts";
import { statePutAsides } from "./statePutAsides.ts";

const message = (eventId: string, second = 0) => ({
  eventId,
  orderId: "order-1",
  sessionId: "cs_1",
  taken: { amount: 1, currency: "eur" },
  reason: "other_amount" as const,
  at: new Date(second * 1000).toISOString(),
});

test("nothing is ever pushed out, the newest is first, and a repeat changes nothing", async () => {
  const putAsides = statePutAsides(memoryState());
  for (let index = 1; index <= 310; index++) expect(await putAsides.add(message(`evt_${index}`, index))).toBe(true);
  expect(await putAsides.add(message("evt_310", 310))).toBe(false);
  const kept = await putAsides.list();
  expect([kept.length, kept[0]?.eventId, kept.at(-1)?.eventId]).toEqual([310, "evt_310", "evt_1"]);
});

test("what is added at once by many is all there", async () => {
  const state = slowState();
  const [one, other] = [statePutAsides(state), statePutAsides(state)];
  const ids = Array.from({ length: 8 }, (_, index) => `evt_${index}`);
  await Promise.all(ids.flatMap((id) => [one.add(message(id)), other.add(message(id))]));
  expect((await one.list()).map(({ eventId }) => eventId).sort()).toEqual(ids);
});

test("a message whose storing was interrupted is stored when it is sent again", async () => {
  const state = memoryState();
  const { save } = state;
  state.save = async (key, ...its) => {
    if (key === "put-aside-evt_1") throw new Error("away");
    return save(key, ...its);
  };
  const putAsides = statePutAsides(state);
  await expect(putAsides.add(message("evt_1"))).rejects.toThrow("away");
  expect(await putAsides.list()).toEqual([]);
  state.save = save;
  expect(await putAsides.add(message("evt_1"))).toBe(true);
  expect(await putAsides.list()).toHaveLength(1);
});

test("what a version before put aside is listed, is no news, and can be decided", async () => {
  const state = memoryState();
  await state.save("put-aside", [message("evt_2", 2), message("evt_1", 1)]);
  const putAsides = statePutAsides(state);
  expect(await putAsides.add(message("evt_1", 1))).toBe(false);
  await putAsides.update("evt_1", (found) => decide(found, "dismiss", actRecord("act-1")));
  const listed = (await putAsides.list()).map(({ eventId, decisions }) => [eventId, decisions?.length]);
  expect(listed).toEqual([
    ["evt_2", undefined],
    ["evt_1", 1],
  ]);
  await putAsides.close("evt_1");
  expect((await putAsides.list()).map(({ eventId }) => eventId)).toEqual(["evt_2"]);
  expect(await putAsides.find("evt_1")).toMatchObject({ decisions: [{ decision: "dismiss" }] });
});

test("what was never put aside is not there to be decided", async () => {
  const changed = statePutAsides(memoryState()).update("evt_1", (found) => found);
  await expect(changed).rejects.toMatchObject({ kind: "not_found" });
});
