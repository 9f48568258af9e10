import { expect, test } from "vitest";
import { type Tally, together, verdict } from "./tally.ts";

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

test("several runs are as good as the worst of them, and none is no success", () => {
  const good = { line: "3 passed, 0 failed, 1 skipped", ok: true };
  expect(together([good, good])).toEqual({ line: "6 passed, 0 failed, 2 skipped", ok: true });
  expect(together([good, { line: "0 passed, 2 failed", ok: false }])).toEqual({
    line: "3 passed, 2 failed, 1 skipped",
    ok: false,
  });
  expect(together([]).ok).toBe(false);
});
