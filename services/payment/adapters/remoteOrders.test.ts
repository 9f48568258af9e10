import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { withDomainErrors } from "#common/connect/errors";
import { OrderService, type UpdateOrderRequest } from "#common/genproto/order/v1/order_pb";
import { remoteOrders } from "./remoteOrders.ts";

const session = { id: "cs_1", url: "https://pay.example/cs_1" };

test("the order is told its session and the link to it", async () => {
  const told: UpdateOrderRequest[] = [];
  const transport = createRouterTransport(({ service }) => {
    service(OrderService, {
      updateOrder(request) {
        told.push(request);
        return {};
      },
    });
  });
  await remoteOrders(transport).requestPayment("order-1", session);
  expect(told).toMatchObject([
    {
      orderId: "order-1",
      change: { case: "paymentRequested", value: { paymentLink: session.url, checkoutSessionId: "cs_1" } },
    },
  ]);
});

test("the order is told that nobody can pay for it any more, and why", async () => {
  const told: UpdateOrderRequest[] = [];
  const transport = createRouterTransport(({ service }) => {
    service(OrderService, {
      updateOrder(request) {
        told.push(request);
        return {};
      },
    });
  });
  await remoteOrders(transport).closeCheckout("order-1", "payment_failed");
  expect(told).toMatchObject([
    { orderId: "order-1", change: { case: "checkoutClosed", value: { reason: "payment_failed" } } },
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
  await expect(orders.requestPayment("order-1", session)).rejects.toMatchObject({ kind: "conflict" });
});

test("an order is looked at with its money and its session; one that does not exist is none", async () => {
  const transport = createRouterTransport(({ service }) => {
    service(OrderService, {
      getOrder({ orderId }) {
        if (orderId !== "order-1") throw new ConnectError("no such order", Code.NotFound);
        const total = { amount: 1200n, currency: "eur" };
        return {
          order: { id: orderId, customerId: "customer-1", total, checkoutSessionId: "cs_1", traceparent: "00-1" },
        };
      },
    });
  });
  const orders = remoteOrders(withDomainErrors(transport));
  expect(await orders.find("order-1")).toEqual({
    customerId: "customer-1",
    total: { amount: 1200, currency: "eur" },
    sessionId: "cs_1",
    paymentLink: "",
    traceparent: "00-1",
  });
  expect(await orders.find("order-2")).toBeUndefined();
});
