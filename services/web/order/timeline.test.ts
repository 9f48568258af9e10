import { expect, test } from "vitest";
import type { OrderStatus } from "../api/types.ts";
import { anOrder } from "../testing.ts";
import { isCancellable, isFinal } from "./status.ts";
import { timelineOf } from "./timeline.ts";

const shape = (went: OrderStatus[]) => timelineOf(anOrder(went)).map(({ label, state }) => `${label}: ${state}`);

test("an order on its way shows what was, what is and what comes", () => {
  expect(shape(["pending", "waiting_for_payment"])).toEqual([
    "Placed: done",
    "Ready to pay: current",
    "Paid: upcoming",
    "Being cooked: upcoming",
    "Ready: upcoming",
  ]);
});

test("an order on the stove is paid, and not ready yet", () => {
  expect(shape(["pending", "waiting_for_payment", "paid", "cooking"]).slice(2)).toEqual([
    "Paid: done",
    "Being cooked: current",
    "Ready: upcoming",
  ]);
});

test("a status that this page does not know is shown as it is called, and is no end", () => {
  expect(shape(["pending", "paid", "on_its_way"])).toEqual(["Placed: done", "Paid: done", "On its way: current"]);
  expect(isFinal("on_its_way")).toBe(false);
  expect(shape(["pending", "constructor"]).at(-1)).toBe("Constructor: current");
});

test("a ready order has nothing left to come", () => {
  expect(shape(["pending", "waiting_for_payment", "paid", "cooking", "ready"])).toEqual([
    "Placed: done",
    "Ready to pay: done",
    "Paid: done",
    "Being cooked: done",
    "Ready: done",
  ]);
});

test("a cancelled order ends where it ended", () => {
  expect(shape(["pending", "waiting_for_payment", "cancelled"])).toEqual([
    "Placed: done",
    "Ready to pay: done",
    "Cancelled: ended",
  ]);
  expect(shape(["pending", "cancelled"])).toEqual(["Placed: done", "Cancelled: ended"]);
});

test("a refunded order shows that it was paid", () => {
  expect(shape(["pending", "waiting_for_payment", "paid", "refunded"]).slice(2)).toEqual([
    "Paid: done",
    "Refunded: ended",
  ]);
});

test("steps that were reached have their times, the others none", () => {
  const steps = timelineOf(anOrder(["pending", "waiting_for_payment"]));
  expect(steps.map((step) => step.at)).toEqual([
    "2026-11-22T12:00:00.000Z",
    "2026-11-22T12:00:01.000Z",
    undefined,
    undefined,
    undefined,
  ]);
});

test("an order that skipped a step shows it done without a time", () => {
  const steps = timelineOf(anOrder(["pending", "paid"]));
  expect(steps[1]).toEqual({ status: "waiting_for_payment", label: "Ready to pay", state: "done" });
});

test("only an order that is not paid can be cancelled, and only ends are final", () => {
  const all: OrderStatus[] = ["pending", "waiting_for_payment", "paid", "cooking", "ready", "cancelled", "refunded"];
  expect(all.filter(isCancellable)).toEqual(["pending", "waiting_for_payment"]);
  expect(all.filter(isFinal)).toEqual(["ready", "cancelled", "refunded"]);
});
