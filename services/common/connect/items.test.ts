import { Code } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { answerItems, refusalOf } from "#common/connect/items";
import { AppError } from "#common/errors";
import { keptLogs } from "#common/testing/logs";

const failing = async (id: string): Promise<void> => {
  if (id === "paid") throw new AppError("conflict", "The order is paid");
  if (id === "broken") throw new Error("password=1234");
};

test("each item has an answer of its own, in the batch's order, and a failure is none of its neighbours'", async () => {
  const logger = keptLogs();
  expect(await answerItems(["good", "paid", "broken", "good"], failing, logger)).toEqual([
    { id: "good" },
    { id: "paid", refusal: { code: Code.FailedPrecondition, message: "The order is paid" } },
    { id: "broken", refusal: { code: Code.Internal, message: "internal error" } },
    { id: "good" },
  ]);
  expect(logger.lines).toMatchObject([{ level: "error", fields: { id: "broken" } }]);
});

test.each([
  [Code.FailedPrecondition, "conflict", "in its own words"],
  [Code.NotFound, "not_found", "in its own words"],
  [Code.Unavailable, "unavailable", "order does not answer"],
  [Code.Internal, "unavailable", "order does not answer"],
])("a refusal with code %i is the error that a call for the item alone ends in: %s", (code, kind, message) => {
  const refusal = { $typeName: "common.v1.Refusal" as const, code, message: "in its own words" };
  expect(refusalOf("order", { refusal })).toMatchObject({ name: "AppError", kind, message });
});

test("what was not refused was done", () => {
  expect(refusalOf("order", {})).toBeUndefined();
});
