import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keptLogs } from "#common/testing/logs";
import { startPeriodic } from "./periodic.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Work every five seconds whose rounds end when the test says so. */
function slowWork() {
  const rounds: { end(): void; fail(error: Error): void }[] = [];
  const logger = keptLogs();
  const work = () => new Promise<void>((end, fail) => void rounds.push({ end, fail }));
  return { rounds, logger, periodic: startPeriodic({ name: "sweeping", everyMs: 5_000, logger, work }) };
}

test("work is done at once and then every five seconds, never twice at a time", async () => {
  const { rounds, periodic } = slowWork();
  await vi.advanceTimersByTimeAsync(1);
  expect(rounds).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(rounds).toHaveLength(1);
  rounds[0]?.end();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(rounds).toHaveLength(2);
  rounds[1]?.end();
  await periodic.stop();
});

test("a round that fails is logged and does not end the rounds", async () => {
  const { rounds, logger, periodic } = slowWork();
  await vi.advanceTimersByTimeAsync(1);
  rounds[0]?.fail(new Error("no broker"));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(rounds).toHaveLength(2);
  const fields = { reason: "Error: no broker" };
  expect(logger.lines).toEqual([{ level: "warn", message: "sweeping failed", fields }]);
  rounds[1]?.end();
  await periodic.stop();
});

test("soon means at once, or right after the round that is under way", async () => {
  const { rounds, periodic } = slowWork();
  await vi.advanceTimersByTimeAsync(1);
  rounds[0]?.end();
  await vi.advanceTimersByTimeAsync(0);
  periodic.soon();
  await vi.advanceTimersByTimeAsync(1);
  expect(rounds).toHaveLength(2);
  periodic.soon();
  await vi.advanceTimersByTimeAsync(1);
  expect(rounds).toHaveLength(2);
  rounds[1]?.end();
  await vi.advanceTimersByTimeAsync(1);
  expect(rounds).toHaveLength(3);
  rounds[2]?.end();
  await periodic.stop();
});

test("stop waits for the round under way, and there is none after it", async () => {
  const { rounds, periodic } = slowWork();
  await vi.advanceTimersByTimeAsync(1_000);
  let stopped = false;
  const stopping = periodic.stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(stopped).toBe(false);
  rounds[0]?.end();
  await stopping;
  periodic.soon();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(rounds).toHaveLength(1);
});
