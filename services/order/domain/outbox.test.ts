import { expect, test } from "vitest";
import { stamp } from "../testing/orders.ts";
import { firstDue, nextDue, type OutboxEntry } from "./outbox.ts";

const created: OutboxEntry = { id: "1", type: "order.created", at: stamp().at };
const cancelled: OutboxEntry = { id: "2", type: "order.cancelled", at: stamp().at };

test("the effect of order.created has 15 seconds to show, a cancellation is due at once, an empty outbox never", () => {
  expect(firstDue([created])).toEqual(stamp(15).at);
  expect(firstDue([created, cancelled])).toEqual(stamp().at);
  expect(firstDue([])).toBeUndefined();
  expect(firstDue([{ ...cancelled, type: "refund" }])).toEqual(stamp().at);
});

test.each([
  [1, 5],
  [60, 60],
  [3_600, 300],
])("an outbox that is %i s old is due again after %i s", (age, wait) => {
  expect(nextDue([created], stamp(age).at)).toEqual(stamp(age + wait).at);
});
