import { expect, test } from "vitest";
import { memoryState } from "#common/dapr/memory";
import { slowState } from "../testing/fakes.ts";
import { namesContract } from "../testing/names.suite.ts";
import { stateNames } from "./stateNames.ts";

namesContract("memory", memoryState());
namesContract("a store that takes its time", slowState());

test("more pages than are read at once are all read", async () => {
  const names = stateNames(memoryState(), "names");
  const all = Array.from({ length: 1_250 }, (_, index) => `n${index}`);
  for (const name of all) await names.add(name);
  expect(await names.list()).toEqual(all);
});

test("one page is read with three calls, as each refund and each look at the money reads them", async () => {
  const state = memoryState();
  let reads = 0;
  const get: typeof state.get = (key) => {
    reads++;
    return state.get(key);
  };
  const names = stateNames({ ...state, get }, "names");
  await names.add("one");
  reads = 0;
  expect([await names.list(), reads]).toEqual([["one"], 3]);
});
