import { expect, test } from "vitest";
import { openPayment, type Payment } from "../domain/payment.ts";
import { close } from "../domain/transitions.ts";
import { createTurns, waitingPayments } from "./turns.ts";

const start = Date.parse("2026-01-01T00:00:00Z");
const total = { amount: 1200, currency: "eur" };

function opened(orderId: string, afterMs = 0, more: object = { openedAt: new Date(start + afterMs).toISOString() }) {
  const session = { id: `cs_${orderId}`, url: "" };
  return openPayment({ orderId, customerId: "customer-1", total, session, traceparent: "", ...more });
}

function clock() {
  let seconds = 0;
  const turns = createTurns(() => start + seconds * 1000, waitingPayments);
  const taken = (at: number, payments: readonly Payment[]) => {
    seconds = at;
    return turns.take(payments).map(({ orderId }) => orderId);
  };
  return { taken };
}

test("an open payment is looked at after a minute, not before, and then each minute that it is asked for", () => {
  const { taken } = clock();
  const minutes = Array.from({ length: 60 }, (_, at) => 60 * at);
  expect([59, ...minutes].filter((at) => taken(at, [opened("a")]).length > 0)).toEqual(minutes.slice(1));
});

test("one that is asked for all the time is looked at about once a minute, and after an hour ever more seldom", () => {
  const { taken } = clock();
  const looks = Array.from({ length: 86_400 }, (_, at) => at).filter((at) => taken(at, [opened("a")]).length > 0);
  expect(looks.slice(0, 3)).toEqual([60, 105, 150]);
  expect(looks.filter((at) => at > 3_700).length).toBeLessThan(20);
});

test("what has its end is never looked at, and what a version before opened is at once", () => {
  const { taken } = clock();
  const closed = close(opened("closed"), "expired");
  expect(taken(3_600, [closed, { orderId: "barred", status: "barred", reason: "expired" }])).toEqual([]);
  expect(taken(0, [opened("old", 0, {})])).toEqual(["old"]);
});

test("of many at most ten are looked at, and the next ten the next time", () => {
  const { taken } = clock();
  const all = Array.from({ length: 25 }, (_, index) => opened(`${index}`, index));
  const names = all.map(({ orderId }) => orderId);
  expect(taken(100, all)).toEqual(names.slice(0, 10));
  expect(taken(101, all)).toEqual(names.slice(10, 20));
  expect(taken(102, all)).toEqual(names.slice(20));
  expect(taken(103, all)).toEqual([]);
});
