import { expect, test } from "vitest";
import { memoryKeep, memoryState } from "#common/dapr/memory";
import type { ActClaim } from "../app/services.ts";
import { decide } from "../domain/putAside.ts";
import { actRecord } from "../testing/acts.ts";
import { aPutAside } from "../testing/putAsides.ts";
import { formerMoney } from "./formerMoney.ts";
import { keptActs } from "./keptActs.ts";
import { keptPutAsides } from "./keptPutAsides.ts";
import { stateNames } from "./stateNames.ts";
import { takeOver } from "./takeOver.ts";

/** What the version before left in Redis: of two ways to keep it, one message is over, one is not, and one was never told. */
async function given() {
  const [state, keep] = [memoryState(), memoryKeep()];
  const former = formerMoney(state);
  const [putAsides, acts] = [keptPutAsides(keep, former), keptActs(keep)];
  await state.save("put-aside", [aPutAside("evt_old", 1)]);
  for (const id of ["evt_open", "evt_over"]) await stateNames(state, "put-asides").add(id);
  await state.save("put-aside-evt_open", aPutAside("evt_open", 2));
  const record = actRecord("act-over", { target: "evt_over", at: new Date(5_000).toISOString() });
  await state.save("put-aside-evt_over", decide(aPutAside("evt_over", 3), "dismiss", record));
  await stateNames(state, "put-asides").remove("evt_over");
  const refused = actRecord("act-refused", { target: "evt_none", at: new Date(4_000).toISOString(), refusal: "no" });
  for (const id of ["act-over", "act-refused", "act-broken"]) await stateNames(state, "acts").add(id);
  await state.save("act-act-over", { id: "act-over", target: "evt_over" });
  await state.save("act-act-refused", {
    id: "act-refused",
    target: "evt_none",
    refusal: { kind: "not_found", record: refused },
  });
  const take = takeOver(former, putAsides, acts);
  const listed = async () => (await putAsides.page({ limit: 10 })).messages.map(({ eventId }) => eventId);
  const begun = async () => {
    const all: ActClaim[] = [];
    for await (const page of acts.newest()) all.push(...page);
    return all;
  };
  return { state, keep, putAsides, acts, take, listed, begun };
}

test("what versions before put aside and did is found after Redis was emptied", async () => {
  const { keep, take } = await given();
  await take();
  const former = formerMoney(memoryState());
  const putAsides = keptPutAsides(keep, former);
  expect((await putAsides.page({ limit: 10 })).messages.map(({ eventId }) => eventId)).toEqual(["evt_open", "evt_old"]);
  expect(await putAsides.find("evt_over")).toMatchObject({ decisions: [{ decision: "dismiss" }] });
  const claims: ActClaim[] = [];
  for await (const page of keptActs(keep).newest()) claims.push(...page);
  expect(claims).toMatchObject([
    { id: "act-over", target: "evt_over", subject: "olga", at: 5_000 },
    { id: "act-refused", at: 4_000, refusal: { kind: "not_found" } },
  ]);
});

test("it can be done again and again, and takes what comes later", async () => {
  const { state, take, listed, begun } = await given();
  for (let times = 0; times < 2; times++) await take();
  await state.save("put-aside-evt_late", aPutAside("evt_late", 9));
  await stateNames(state, "put-asides").add("evt_late");
  await take();
  expect(await listed()).toEqual(["evt_late", "evt_open", "evt_old"]);
  expect(await begun()).toHaveLength(2);
});

test("what an old replica decides on its own copy is heard; what was decided here is not overruled", async () => {
  const { state, putAsides, take, listed } = await given();
  await take();
  await putAsides.update("evt_old", (found) => decide(found, "dismiss", actRecord("mine")));
  await state.save("put-aside-evt_old", decide(aPutAside("evt_old", 1), "refund", actRecord("theirs")));
  await state.save("put-aside-evt_open", decide(aPutAside("evt_open", 2), "refund", actRecord("theirs")));
  await take();
  expect(await putAsides.find("evt_old")).toMatchObject({ decisions: [{ decision: "dismiss" }] });
  expect((await putAsides.goingBack()).map(({ eventId }) => eventId)).toEqual(["evt_open"]);
  expect(await listed()).toEqual(["evt_open"]);
});

test("a message that Redis still has is no news, before it was taken over", async () => {
  const { putAsides, listed } = await given();
  expect(await putAsides.add(aPutAside("evt_open", 2))).toBe(false);
  await putAsides.update("evt_open", (found) => decide(found, "refund", actRecord("act-1")));
  expect(await listed()).toEqual(["evt_open"]);
});
