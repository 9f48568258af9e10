import { expect, test, vi } from "vitest";
import { keptSpans } from "#common/testing/spans";
import { aKitchen, fakeOrders } from "./testing.ts";

const spans = keptSpans();

test("a meal is cooked, and told as ready, in the trace of its order, whichever nudge it was claimed by", async () => {
  const traceIds = ["1", "2"].map((digit) => digit.repeat(32));
  const orders = fakeOrders().of("here");
  const tickets = traceIds.map((traceId, index) => ({
    orderId: `order-${index}`,
    traceparent: `00-${traceId}-${"3".repeat(16)}-01`,
  }));
  const claim = vi.fn(async () => tickets);
  const { tell, finish, cooking } = aKitchen({ orders: { ...orders, claim, markReady: async () => {} } });
  await tell("order-0");
  await vi.waitFor(() => expect(cooking.size).toBe(2));
  finish();
  const cooked = () => spans().filter(({ name }) => name === "cook");
  await vi.waitFor(() => expect(cooked()).toHaveLength(2));
  expect(cooked().map((span) => [span.spanContext().traceId, span.attributes["order.id"]])).toEqual([
    [traceIds[0], "order-0"],
    [traceIds[1], "order-1"],
  ]);
});
