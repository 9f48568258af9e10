import { expect, test } from "vitest";
import { memoryKeep } from "#common/dapr/memory";
import { logContract } from "./log.suite.ts";
import { keptLog } from "./log.ts";

logContract("memory", memoryKeep());

/** A store that counts what is read of it, and tells the largest document. */
function counted() {
  const { get, save } = memoryKeep();
  const seen = { reads: 0, largest: 0 };
  const state = {
    get: <T>(key: string) => {
      seen.reads++;
      return get<T>(key);
    },
    save: <T>(key: string, value: T, options?: object) => {
      seen.largest = Math.max(seen.largest, JSON.stringify(value).length);
      return save(key, value, options);
    },
  };
  return { state, seen };
}

test("ten thousand are listed by documents of a few kilobytes, and the newest are read without the others", async () => {
  const { state, seen } = counted();
  const log = keptLog<number>(state, "log");
  for (let index = 0; index < 10_000; index++) await log.add(`evt_${index}`, index, () => index);
  expect(seen.largest).toBeLessThan(4_000);
  seen.reads = 0;
  const { value } = await keptLog<number>(state, "log").newest(5_050).next();
  expect(value?.[0]).toEqual({ id: "evt_5049", at: 5_049, value: 5_049 });
  expect(seen.reads).toBeLessThan(20 + 50);
});

test("an entry whose storing was interrupted is listed once, where it was stored at last", async () => {
  const state = memoryKeep();
  const { save } = state;
  const log = keptLog<string>(state, "log");
  let isAway = true;
  state.save = async (key, ...its) => {
    if (isAway && key === "log-of-lost") throw new Error("away");
    return save(key, ...its);
  };
  await expect(log.add("lost", 1, () => "lost")).rejects.toThrow("away");
  isAway = false;
  for (let index = 0; index < 150; index++) await log.add(`n${index}`, index, () => "");
  expect((await log.add("lost", 500, () => "found")).added).toBe(true);
  const listed: string[] = [];
  for await (const page of log.newest()) listed.push(...page.map(({ id }) => id));
  expect([listed.length, listed.filter((id) => id === "lost").length, listed[0]]).toEqual([151, 1, "lost"]);
});

test("a log whose head was not told where its last page is goes on there all the same", async () => {
  const state = memoryKeep();
  const { save } = state;
  state.save = async (key, ...its) => (key === "log-head" ? undefined : save(key, ...its));
  for (let index = 0; index < 250; index++) await keptLog<number>(state, "log").add(`n${index}`, index, () => index);
  const [first] = (await keptLog<number>(state, "log").newest().next()).value ?? [];
  expect(first?.id).toBe("n249");
});
