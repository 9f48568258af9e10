import { expect, test } from "vitest";
import { memoryState } from "#common/dapr/memory";
import { slowState } from "../testing/fakes.ts";
import { stateNames } from "./stateNames.ts";

test("every name is listed until it is removed, however many there are", async () => {
  const names = stateNames(memoryState(), "names");
  const all = Array.from({ length: 1_250 }, (_, index) => `n${index}`);
  for (const name of all) await names.add(name);
  expect(await names.list()).toEqual(all);
  await names.remove("n1100");
  await names.remove("n5");
  expect(await names.list()).toHaveLength(1_248);
  await names.add("n5");
  expect(await names.list()).toContain("n5");
});

test("a name that is added again is listed once", async () => {
  const names = stateNames(memoryState(), "names");
  for (let times = 0; times < 3; times++) await names.add("one");
  expect(await names.list()).toEqual(["one"]);
  await names.remove("one");
  expect(await names.list()).toEqual([]);
});

test("names that several add and remove at once are neither lost nor left behind", async () => {
  const state = slowState();
  const [one, other] = [stateNames(state, "names"), stateNames(state, "names")];
  for (const name of ["a", "b"]) await one.add(name);
  await Promise.all([one.add("c"), other.add("d"), other.remove("a"), one.remove("b"), other.add("c")]);
  expect([...(await one.list())].sort()).toEqual(["c", "d"]);
});
