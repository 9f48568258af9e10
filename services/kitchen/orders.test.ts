import { createRouterTransport } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { OrderService, OrderStatus, type UpdateOrderRequest } from "#common/genproto/order/v1/order_pb";
import { remoteOrders } from "./orders.ts";

test.each([
  [OrderStatus.PENDING, "too early"],
  [OrderStatus.WAITING_FOR_PAYMENT, "too early"],
  [OrderStatus.PAID, "cook"],
  [OrderStatus.READY, "over"],
  [OrderStatus.CANCELLED, "over"],
  [OrderStatus.REFUNDED, "over"],
])("of an order with status %d the kitchen knows: %s", async (status, course) => {
  const transport = createRouterTransport(({ service }) => {
    service(OrderService, { getOrder: ({ orderId }) => ({ order: { id: orderId, status } }) });
  });
  expect(await remoteOrders(transport).courseOf("order-1")).toBe(course);
});

test("a ready meal is told as such", async () => {
  const told: UpdateOrderRequest[] = [];
  const transport = createRouterTransport(({ service }) => {
    service(OrderService, {
      updateOrder(request) {
        told.push(request);
        return {};
      },
    });
  });
  await remoteOrders(transport).markReady("order-1");
  expect(told).toMatchObject([{ orderId: "order-1", change: { case: "markedReady" } }]);
});
