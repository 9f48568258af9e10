import { expect, test, vi } from "vitest";
import { AppError } from "#common/errors";
import { createMetrics } from "#common/metrics";
import { keptLogs } from "#common/testing/logs";
import { keptSpans } from "#common/testing/spans";
import { observed } from "./observed.ts";

const spans = keptSpans();
const input = { orderId: "o-1", token: "the secret", body: "the body" };

function observing(handler: () => Promise<string>) {
  const logger = keptLogs();
  const metrics = createMetrics("test", false);
  const useCase = vi.spyOn(metrics, "useCase");
  const ids = ({ orderId }: typeof input) => ({ orderId });
  const run = observed<typeof input, string>("brewTea", handler, { logger, metrics, ids });
  return { run, logger, metrics, useCase };
}

const fails = async (run: Promise<unknown>) => run.catch((error: unknown) => error);

test("a use case that succeeds returns its output, is counted as ok and says so quietly", async () => {
  const { run, logger, useCase } = observing(async () => "tea");
  expect(await run(input)).toBe("tea");
  expect(useCase).toHaveBeenCalledExactlyOnceWith("brewTea", "ok", expect.any(Number));
  expect(logger.lines).toMatchObject([{ level: "debug", fields: { useCase: "brewTea", orderId: "o-1" } }]);
});

test("an expected error is refused, with its reason and without a stack, and goes on to the caller", async () => {
  const failure = new AppError("conflict", "no leaves left", {}, { cause: new Error("the tin is empty") });
  const { run, logger, useCase } = observing(() => Promise.reject(failure));
  expect(await fails(run(input))).toBe(failure);
  expect(useCase).toHaveBeenCalledExactlyOnceWith("brewTea", "refused", expect.any(Number));
  const fields = { kind: "conflict", reason: "no leaves left", cause: "the tin is empty", orderId: "o-1" };
  expect(logger.lines).toMatchObject([{ level: "info", message: "refused", fields }]);
  expect(logger.lines[0]).not.toHaveProperty("error");
});

test("any other error is failed, logged whole, and goes on to the caller", async () => {
  const failure = new Error("the pot broke");
  const { run, logger, useCase } = observing(() => Promise.reject(failure));
  expect(await fails(run(input))).toBe(failure);
  expect(useCase).toHaveBeenCalledExactlyOnceWith("brewTea", "failed", expect.any(Number));
  expect(logger.lines).toMatchObject([{ level: "error", message: "failed", error: failure }]);
});

test("the logger is outside: what it says includes what the numbers took", async () => {
  const { run, logger, useCase } = observing(async () => "tea");
  useCase.mockImplementation(() => expect(logger.lines).toEqual([]));
  await run(input);
  expect(useCase).toHaveBeenCalledOnce();
  expect(logger.lines).toHaveLength(1);
});

test.each([
  async () => "tea",
  () => Promise.reject(new AppError("invalid", "no")),
  () => Promise.reject(new Error("broken")),
])("of an input nothing but the chosen ids is logged or traced (%#)", async (handler) => {
  const { run, logger } = observing(handler);
  await fails(run(input));
  const told = JSON.stringify([logger.lines, spans().map(({ attributes, events }) => [attributes, events])]);
  expect(told).toContain("o-1");
  expect(told).not.toMatch(/the secret|the body/);
});

test("a use case has a span of its name with the order's id, failed only by an unexpected error", async () => {
  await observing(async () => "tea").run(input);
  await fails(observing(() => Promise.reject(new AppError("invalid", "no"))).run(input));
  await fails(observing(() => Promise.reject(new Error("broken"))).run(input));
  expect(spans().map(({ name, status, attributes }) => [name, status.code, attributes["order.id"]])).toEqual([
    ["brewTea", 0, "o-1"],
    ["brewTea", 0, "o-1"],
    ["brewTea", 2, "o-1"],
  ]);
});
