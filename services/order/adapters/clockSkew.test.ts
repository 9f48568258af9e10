import { expect, onTestFinished, test, vi } from "vitest";
import { type LogFields, silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { watchClock } from "./clockSkew.ts";

test.each([
  [600_000, true],
  [-600_000, true],
  [3_001, true],
  [3_000, false],
  [-40, false],
])("a clock that is %i ms ahead of the database's is measured, and said beyond three seconds: %s", async (ms, said) => {
  const warnings: LogFields[] = [];
  const metrics = createMetrics("order", false);
  const logger = { ...silentLogger, warn: (_: string, fields: LogFields = {}) => void warnings.push(fields) };
  let asked = 0;
  const theirs = async () => {
    asked += 1;
    return new Date(1_000_000);
  };
  const watch = watchClock(metrics, logger, theirs, () => new Date(1_000_000 + ms));
  onTestFinished(() => watch.stop());
  await vi.waitFor(() => expect(asked).toBe(1));
  expect(await metrics.registry.metrics()).toContain(`gorder_clock_skew_seconds{service="order"} ${ms / 1_000}`);
  expect(warnings).toEqual(said ? [{ skewSeconds: ms / 1_000 }] : []);
});

test("a clock that cannot be asked is no skew", async () => {
  const metrics = createMetrics("order", false);
  const failed: string[] = [];
  const logger = { ...silentLogger, warn: (message: string) => void failed.push(message) };
  const watch = watchClock(metrics, logger, () => Promise.reject(new Error("away")));
  onTestFinished(() => watch.stop());
  await vi.waitFor(() => expect(failed).toEqual(["comparing clocks failed"]));
  expect(await metrics.registry.metrics()).not.toMatch(/gorder_clock_skew_seconds\{/);
});
