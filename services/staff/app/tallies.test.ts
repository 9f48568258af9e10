import { expect, test } from "vitest";
import { memoryKeep } from "#common/dapr/memory";
import { AppError } from "#common/errors";
import { keptLog } from "#common/kept/log";
import { silentLogger } from "#common/logging";
import type { OwnLog } from "./ownActs.ts";
import { keepTallies } from "./tallies.ts";

const minute = 60_000;
const carl = { subject: "carl", name: "Carl", action: "role.refuse", refusal: "cook may not do it" };

function given() {
  const keep = memoryKeep();
  const clock = { now: 0 };
  let saves = 0;
  const { save } = keep;
  keep.save = (...its) => {
    saves++;
    return save(...its);
  };
  const log: OwnLog = keptLog(keep, "acts");
  let id = 0;
  const tallies = keepTallies({
    log,
    newId: () => `t${++id}`,
    logger: silentLogger,
    now: () => clock.now,
    traceId: () => "",
  });
  const kept = async () => {
    const all: unknown[] = [];
    for await (const page of log.newest())
      for (const { value } of page) if (value.kind === "tally") all.push([value.subject, value.counts]);
    return all;
  };
  return { keep, clock, tallies, kept, saves: () => saves };
}

test("the first is on record at once, a thousand more are counted in the same record", async () => {
  const { tallies, kept, saves } = given();
  await tallies.note(carl, "PutDish");
  expect(await kept()).toEqual([["carl", { PutDish: 1 }]]);
  const before = saves();
  for (let times = 0; times < 1_000; times++) await tallies.note(carl, times % 2 ? "PutDish" : "MoveStock");
  expect(saves()).toBe(before);
  await tallies.flush();
  expect(await kept()).toEqual([["carl", { PutDish: 501, MoveStock: 500 }]]);
  expect(saves()).toBe(before + 1);
});

test("whoever never stops makes a record in ten minutes; others have their own", async () => {
  const { tallies, kept, clock } = given();
  for (let second = 0; second < 1_500; second++) {
    clock.now = second * 1_000;
    await tallies.note(carl, "PutDish");
    if (second % 60 === 59) await tallies.flush();
  }
  await tallies.note({ ...carl, subject: "cora" }, "PutDish");
  await tallies.flush();
  const all = await kept();
  expect(all[0]).toEqual(["cora", { PutDish: 1 }]);
  const counts = all.slice(1) as [string, { PutDish: number }][];
  expect(counts).toHaveLength(3);
  expect(counts.reduce((sum, [, { PutDish }]) => sum + PutDish, 0)).toBe(1_500);
});

test("what cannot be stored is counted on, and stored when the store is back", async () => {
  const { keep, tallies, kept, clock } = given();
  const { save } = keep;
  keep.save = () => Promise.reject(new AppError("unavailable", "away"));
  await tallies.note(carl, "PutDish");
  clock.now += 20 * minute;
  await tallies.note(carl, "PutDish");
  await tallies.flush();
  expect(await kept()).toEqual([]);
  keep.save = save;
  await tallies.flush();
  expect(await kept()).toEqual([["carl", { PutDish: 2 }]]);
});
