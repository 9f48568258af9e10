import { expect, test } from "vitest";
import type { Order } from "../api/types.ts";
import { estimateWords, withEstimate } from "./estimate.ts";

const now = new Date("2026-11-28T12:00:00Z");
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();

test.each([
  ["paid", 12, "Ready in about 12 minutes."],
  ["cooking", 1.5, "Ready in about 2 minutes."],
  ["cooking", 0.5, "Ready in about a minute."],
  ["cooking", -3, "Any moment now."],
  ["cooking", 181, undefined],
  ["ready", 5, undefined],
  ["waiting_for_payment", 5, undefined],
])("an order that is %s and due in %d minutes: %s", (status, minutes, words) => {
  expect(estimateWords({ status, estimatedReadyAt: at(minutes) }, now)).toBe(words);
});

test("nothing is said while the kitchen knows nothing", () => {
  expect(estimateWords({ status: "cooking" }, now)).toBeUndefined();
});

test("news without an estimate keeps the one of the same status, and no other", () => {
  const known = { status: "cooking", version: 5, estimatedReadyAt: at(4) } as Order;
  const next = { status: "cooking", version: 6 } as Order;
  expect(withEstimate(next, known).estimatedReadyAt).toBe(at(4));
  expect(withEstimate({ ...next, estimatedReadyAt: at(9) }, known).estimatedReadyAt).toBe(at(9));
  expect(withEstimate({ ...next, status: "ready" }, known).estimatedReadyAt).toBeUndefined();
});
