import type { GetMessage } from "amqplib";
import { describe, expect, test } from "vitest";
import { letterOf } from "./letter.ts";

const queue = "kitchen-order.paid";
const meta = { eventId: "e1", version: 1 };
const paid = {
  specversion: "1.0",
  id: "e1",
  source: "payment",
  type: "order.paid",
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  data: { meta, orderId: "o1", amount: { amount: "900", currency: "eur" } },
};
const death = (count: number, seconds: number) => ({
  count,
  reason: "rejected",
  queue,
  time: { "!": "timestamp", value: seconds },
});

function message(content: unknown, headers: Record<string, unknown> = {}): GetMessage {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return { content: Buffer.from(text), properties: { headers } } as unknown as GetMessage;
}

test("a dead letter is known by its event's id, and read by its contract", () => {
  const letter = letterOf(queue, message(paid, { "x-death": [death(1, 60)] }));
  expect(letter).toMatchObject({
    id: "e1",
    queue,
    type: "order.paid",
    traceId: "0af7651916cd43dd8448eb211c80319c",
    diedAt: new Date(60_000),
    reason: "rejected",
    deaths: 1,
    event: { meta, orderId: "o1", amount: { amount: "900", currency: "eur" } },
    unreadable: undefined,
  });
});

test("deaths before it was put back count too", () => {
  const headers = { "x-death": [death(1, 60)], "x-former-deaths": [death(2, 30)] };
  expect(letterOf(queue, message(paid, headers)).deaths).toBe(3);
});

describe("what is no event is shown as it came, with why", () => {
  test.each([
    ["no JSON", queue, "not an event", /not JSON/],
    ["no CloudEvent", queue, [1], /not a CloudEvent/],
    ["another type", queue, { ...paid, type: "order.created" }, /of type order.created came on order.paid/],
    ["broken by its schema", queue, { ...paid, data: { orderId: 5 } }, /not a events.v1.OrderPaid: .*order_id/],
    ["of a version nobody knows", queue, { ...paid, data: { meta: { version: 9 } } }, /Version 9/],
    ["of a queue without a contract", "testapp-test", paid, /No event is known/],
  ])("%s", (_, of, content, why) => {
    const { event, unreadable } = letterOf(of, message(content));
    expect(event).toBeUndefined();
    expect(unreadable?.why).toMatch(why);
    expect(unreadable?.text).toBe(typeof content === "string" ? content : JSON.stringify(content));
  });

  test("it has an id all the same, of what it says", () => {
    const ids = ["a", "a", "b", { id: 5 }, { id: "" }, null].map((content) => letterOf(queue, message(content)).id);
    expect(ids[0]).toMatch(/^sha256:[0-9a-f]{16}$/);
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(5);
  });

  test("headers of any shape are no obstacle", () => {
    for (const deaths of ["x", [{ count: "1" }], { 0: 1 }, null]) {
      expect(letterOf(queue, message(paid, { "x-death": deaths }))).toMatchObject({ deaths: 0, diedAt: undefined });
    }
  });
});
