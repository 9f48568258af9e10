import { expect, test } from "vitest";
import { memoryState } from "#common/dapr/memory";
import { changeValue } from "./changeValue.ts";

test("a change that gives the same object back is not saved", async () => {
  const state = memoryState();
  await changeValue<string[], string[]>(state, "names", () => ["ann"]);
  await changeValue<string[], string[]>(state, "names", (names = []) => names);
  expect(await state.get("names")).toEqual({ value: ["ann"], etag: "1" });
});

test("a change that somebody else was faster than is made again of what they left, up to an end", async () => {
  const state = memoryState();
  let tries = 0;
  const behind = (times: number) => async () => {
    if (tries++ < times) await state.save("count", 10 * tries);
  };
  expect(await changeValue<number, number>(state, "count", (count = 0) => count + 1, behind(3))).toBe(31);
  tries = 0;
  const late = changeValue<number, number>(state, "count", (count = 0) => count + 1, behind(Number.POSITIVE_INFINITY));
  await expect(late).rejects.toMatchObject({ kind: "unavailable" });
  expect(tries).toBe(20);
});
