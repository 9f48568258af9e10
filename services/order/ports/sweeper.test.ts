import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { silentLogger } from "#common/logging";
import { startSweeper } from "./sweeper.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An outbox whose sweeps end when the test says so. */
function slowOutbox() {
  const sweeps: { end(): void; fail(error: Error): void }[] = [];
  const sweep = () => new Promise<void>((end, fail) => void sweeps.push({ end, fail }));
  return { sweeps, outbox: { sweep, send() {} } };
}

test("the outbox is swept at once and then every five seconds, one sweep at a time", async () => {
  const { sweeps, outbox } = slowOutbox();
  const sweeper = startSweeper(outbox, silentLogger);
  await vi.advanceTimersByTimeAsync(1);
  expect(sweeps).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(sweeps).toHaveLength(1);
  sweeps[0]?.end();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(sweeps).toHaveLength(2);
  sweeps[1]?.end();
  await sweeper.stop();
});

test("a sweep that fails does not end the sweeping", async () => {
  const { sweeps, outbox } = slowOutbox();
  const sweeper = startSweeper(outbox, silentLogger);
  await vi.advanceTimersByTimeAsync(1);
  sweeps[0]?.fail(new Error("no broker"));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(sweeps).toHaveLength(2);
  sweeps[1]?.end();
  await sweeper.stop();
});

test("soon means at once, or right after the sweep that is under way", async () => {
  const { sweeps, outbox } = slowOutbox();
  const sweeper = startSweeper(outbox, silentLogger);
  await vi.advanceTimersByTimeAsync(1);
  sweeps[0]?.end();
  await vi.advanceTimersByTimeAsync(0);
  sweeper.soon();
  await vi.advanceTimersByTimeAsync(1);
  expect(sweeps).toHaveLength(2);
  sweeper.soon();
  await vi.advanceTimersByTimeAsync(1);
  expect(sweeps).toHaveLength(2);
  sweeps[1]?.end();
  await vi.advanceTimersByTimeAsync(1);
  expect(sweeps).toHaveLength(3);
  sweeps[2]?.end();
  await sweeper.stop();
});

test("stop waits for the sweep under way, and there is none after it", async () => {
  const { sweeps, outbox } = slowOutbox();
  const sweeper = startSweeper(outbox, silentLogger);
  await vi.advanceTimersByTimeAsync(1_000);
  let stopped = false;
  const stopping = sweeper.stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(stopped).toBe(false);
  sweeps[0]?.end();
  await stopping;
  sweeper.soon();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sweeps).toHaveLength(1);
});
