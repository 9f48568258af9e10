import { expect, test } from "vitest";
import { type Tally, verdict } from "./tally.ts";

const clean: Tally = { passed: 12, failed: 0, skipped: 0, problems: [], finished: true };

test("a clean run says so and is a success", () => {
  expect(verdict(clean, 0)).toEqual({ line: "12 passed, 0 failed", ok: true, notes: [] });
});

test("skipped tests are counted", () => {
  expect(verdict({ ...clean, skipped: 2 }, 0).line).toBe("12 passed, 0 failed, 2 skipped");
});

test.each([
  ["a test failed", { ...clean, failed: 1 }, 1, "12 passed, 1 failed"],
  ["a file did not load", { ...clean, problems: ["x.test.ts: no such module"] }, 1, "12 passed, 1 failed"],
  ["the runner died on the way", { ...clean, finished: false }, 137, "12 passed, 1 failed"],
  ["the runner died before any test", undefined, 1, "0 passed, 1 failed"],
  ["the runner found no test", { ...clean, passed: 0 }, 0, "0 passed, 1 failed"],
  ["only the exit code tells", clean, 1, "12 passed, 1 failed"],
])("it is no success when %s", (_, tally, code, line) => {
  const { ok, line: said } = verdict(tally, code);
  expect({ ok, said }).toEqual({ ok: false, said: line });
});
