import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { memoryKeep } from "#common/dapr/memory";
import { AppError } from "#common/errors";
import { keptLog } from "#common/kept/log";
import { silentLogger } from "#common/logging";
import type { OwnAct } from "../domain/ownAct.ts";
import { keepOwnActs, type OwnLog } from "./ownActs.ts";

const minute = 60_000;
const asked = {
  ...{ requestId: "r1", subject: "olga", name: "Olga", reason: "mended", action: "dead_letters.resend" },
  ...{ target: "order-order.paid", ids: ["e1", "e2"] },
};

/** Replicas over one store; the letters that are left, of more when `isWhole` is false. */
function given({ left = ["e1", "e2"], isWhole = true } = {}) {
  const keep = memoryKeep();
  const clock = { now: 1_000 };
  const log: OwnLog = keptLog(keep, "acts");
  const replica = () =>
    keepOwnActs({
      log: keptLog(keep, "acts"),
      left: async () => ({ ids: new Set(left), isWhole }),
      newId: randomUUID,
      logger: silentLogger,
      now: () => clock.now,
      traceId: () => "",
    });
  const outcome = async () => ((await log.find("r1")) as OwnAct | undefined)?.outcome;
  /** The process ends while it is at it. */
  const interrupt = () => void replica().act(asked, () => new Promise(() => {}));
  return { keep, clock, replica, outcome, interrupt };
}

test("an act is on record as begun while it is done, and then with what came of it", async () => {
  const { replica, outcome } = given();
  const seen: unknown[] = [];
  const count = await replica().act(asked, async () => {
    seen.push(await outcome());
    return 2;
  });
  expect([count, seen, await outcome()]).toEqual([2, [{ state: "begun" }], { state: "done", count: 2 }]);
});

test("what is done is answered by every replica, and done by none again", async () => {
  const { replica } = given();
  await replica().act(asked, async () => 2);
  expect(await replica().act(asked, () => Promise.reject(new Error("done again")))).toBe(2);
});

test.each([
  ["somebody else", { subject: "carl" }],
  ["another reason", { reason: "" }],
  ["other letters", { ids: ["e1"] }],
])("a request id that was used is no other act's: %s", async (_, changes) => {
  const { replica } = given();
  await replica().act(asked, async () => 2);
  const other = replica().act({ ...asked, ...changes }, async () => 9);
  await expect(other).rejects.toMatchObject({ kind: "idempotency_key_reused" });
});

test("what another replica is at is asked for again later, and is taken over when nobody is at it any more", async () => {
  const { replica, clock, interrupt, outcome } = given();
  interrupt();
  await expect.poll(outcome).toEqual({ state: "begun" });
  await expect(replica().act(asked, async () => 2)).rejects.toMatchObject({ kind: "unavailable" });
  clock.now += minute;
  expect(await replica().act(asked, async () => 2)).toBe(2);
  expect(await outcome()).toEqual({ state: "done", count: 2 });
});

test("of two who take over what was interrupted one does it", async () => {
  const { replica, clock, interrupt, outcome } = given();
  interrupt();
  await expect.poll(outcome).toEqual({ state: "begun" });
  clock.now += minute;
  let times = 0;
  const both = [replica(), replica()].map((one) => one.act(asked, async () => ++times));
  const answers = await Promise.allSettled(both);
  expect([times, answers.filter(({ status }) => status === "rejected").length]).toEqual([1, 1]);
});

test.each([
  ["all letters are gone: it was done", { left: ["other"] }, { state: "done", count: 2 }],
  ["all letters are there: nothing was done", {}, { state: "failed", why: expect.stringMatching(/interrupted/) }],
  ["some are gone: nobody knows who took them", { left: ["e2"] }, { state: "unknown" }],
  ["not all of the queue can be seen", { left: [], isWhole: false }, { state: "unknown" }],
])("an act that was interrupted gets its outcome from what is left: %s", async (_, letters, expected) => {
  const { replica, clock, interrupt, outcome } = given(letters);
  interrupt();
  await expect.poll(outcome).toEqual({ state: "begun" });
  await replica().closeOpen();
  expect(await outcome()).toEqual({ state: "begun" });
  clock.now += minute;
  await replica().closeOpen();
  expect(await outcome()).toEqual(expected);
});

test("an outcome that cannot be stored is stored later, and the act is answered as done", async () => {
  const { keep, replica, outcome } = given();
  const one = replica();
  const { save } = keep;
  const work = async () => {
    keep.save = () => Promise.reject(new AppError("unavailable", "away"));
    return 2;
  };
  expect(await one.act(asked, work)).toBe(2);
  expect(await outcome()).toEqual({ state: "begun" });
  keep.save = save;
  await one.closeOpen();
  expect(await outcome()).toEqual({ state: "done", count: 2 });
});

test("an outcome that is stored late is its own try's, and of no later one", async () => {
  const { keep, clock, replica, outcome } = given();
  const [one, other] = [replica(), replica()];
  const { save } = keep;
  const fail = () => {
    keep.save = () => Promise.reject(new AppError("unavailable", "away"));
    return Promise.reject(new AppError("unavailable", "the broker is away"));
  };
  await expect(one.act(asked, fail)).rejects.toMatchObject({ kind: "unavailable" });
  keep.save = save;
  clock.now += minute;
  expect(await other.act(asked, async () => 2)).toBe(2);
  await one.closeOpen();
  expect(await outcome()).toEqual({ state: "done", count: 2 });
});

test("what is done is not done again before its outcome could be stored", async () => {
  const { keep, clock, replica, outcome } = given();
  const one = replica();
  const { save } = keep;
  const work = async () => {
    keep.save = () => Promise.reject(new AppError("unavailable", "away"));
    return 2;
  };
  await one.act(asked, work);
  keep.save = save;
  clock.now += minute;
  expect(await one.act(asked, () => Promise.reject(new Error("done again")))).toBe(2);
  expect(await outcome()).toEqual({ state: "done", count: 2 });
});
