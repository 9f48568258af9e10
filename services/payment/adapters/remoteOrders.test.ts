import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { withDomainErrors } from "#common/connect/errors";
import { OrderService, type UpdateOrderRequest } from "#common/genproto/order/v1/order_pb";
import { remoteOrders } from "./remoteOrders.ts";

test("the order is told its payment link", async () => {
  const told: UpdateOrderRequest[] = [];
  const transport = createRouterTransport(({ service }) => {
    service(OrderService, {
      updateOrder(request) {
        told.push(request);
        return {};
      },
    });
  });
  await remoteOrders(transport).requestPayment("order-1", "https://pay.example/cs_1");
  expect(told).toMatchObject([
    { orderId: "order-1", change: { case: "paymentRequested", value: { paymentLink: "https://pay.example/cs_1" } } },
  ]);
});

test("an order that can no longer be paid is a conflict", async () => {
  const transport = createRouterTransport(({ service }) => {
    service(OrderService, {
      updateOrder() {
        throw new ConnectError("a cancelled order cannot wait for its payment", Code.FailedPrecondition);
      },
    });
  });
  const orders = remoteOrders(withDomainErrors(transport));
  await expect(orders.requestPayment("order-1", "x")).rejects.toMatchObject({ kind: "conflict" });
});
