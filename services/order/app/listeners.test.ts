import { expect, test } from "vitest";
import { memoryOrders } from "../adapters/memoryOrders.ts";
import { after, placed, stamp } from "../testing/orders.ts";
import { withListeners } from "./listeners.ts";

/** Orders, and what two listeners heard in their turn: the status after, and the one before. */
function heard() {
  const calls: (string | undefined)[][] = [];
  const orders = withListeners(memoryOrders(), [
    (order, before) => void calls.push(["first", order.status, before?.status]),
    (order, before) => void calls.push(["second", order.status, before?.status]),
  ]);
  return { orders, calls };
}

test("all listeners hear of a new order once it is stored, and not of one that exists", async () => {
  const { orders, calls } = heard();
  const order = placed();
  await orders.add(order);
  await orders.add(order);
  expect(calls).toEqual([
    ["first", "pending", undefined],
    ["second", "pending", undefined],
  ]);
});

test("they hear of a change with what the order was before, and not of one that is refused", async () => {
  const { orders, calls } = heard();
  const order = after("requestPayment");
  const { id } = order.snapshot;
  await orders.add(order);
  calls.length = 0;
  await orders.update(id, (one) => one.pay(stamp(2)));
  await expect(orders.update(id, (one) => one.requestPayment("https://pay.example/2", stamp(3)))).rejects.toThrow();
  expect(calls).toEqual([
    ["first", "paid", "waiting_for_payment"],
    ["second", "paid", "waiting_for_payment"],
  ]);
});
