import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppError } from "#common/errors";
import { postponed } from "#common/postponed";
import { keptLogs } from "#common/testing/logs";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Work that fails as it is told to, and when it was tried, in milliseconds. */
function work(fail: (attempt: number) => Error | undefined) {
  const tried: number[] = [];
  const start = Date.now();
  const attempt = async () => {
    tried.push(Date.now() - start);
    const error = fail(tried.length);
    if (error) throw error;
  };
  return { tried, attempt, fields: { eventId: "e1" } };
}
const away = new AppError("unavailable", "away");

test("what failed as somebody was away is done once they are back", async () => {
  const logger = keptLogs();
  const one = work((attempt) => (attempt < 4 ? away : undefined));
  expect(postponed(logger).add(one)).toBe(true);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(one.tried).toEqual([250, 750, 1_750, 3_750]);
  expect(logger.lines).toEqual([]);
});

test("it is tried ever more seldom, and given up after two minutes, with its ids in the log", async () => {
  const logger = keptLogs();
  const one = work(() => away);
  postponed(logger).add(one);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(one.tried.slice(0, 8)).toEqual([250, 750, 1_750, 3_750, 7_750, 15_750, 25_750, 35_750]);
  expect(one.tried.at(-1)).toBeLessThan(130_000);
  expect(logger.lines).toMatchObject([{ level: "warn", fields: { eventId: "e1" } }]);
});

test("what fails for another reason is not tried again", async () => {
  const logger = keptLogs();
  const one = work(() => new AppError("conflict", "over"));
  postponed(logger).add(one);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(one.tried).toHaveLength(1);
  expect(logger.lines).toHaveLength(1);
});

test("a thousand may wait, and whoever is done makes room", async () => {
  const later = postponed(keptLogs());
  const good = work(() => undefined);
  for (let index = 0; index < 1_000; index++) expect(later.add(good)).toBe(true);
  expect(later.add(good)).toBe(false);
  await vi.advanceTimersByTimeAsync(250);
  expect(later.add(good)).toBe(true);
});
