import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { withDomainErrors } from "#common/connect/errors";
import {
  type CloseUnpaidRequest,
  OrderService,
  type PaymentOffer,
  type RecordRefundsRequest,
  RefundStatus,
} from "#common/genproto/order/v1/order_pb";
import { remoteOrders } from "./remoteOrders.ts";

const session = { id: "cs_1", url: "https://pay.example/cs_1" };

/** Payment's view of an order service that remembers its calls; orders in `refused` can no longer be paid. */
function orderService(refused: readonly string[] = []) {
  const calls: (readonly PaymentOffer[])[] = [];
  const closed: CloseUnpaidRequest[] = [];
  const transport = createRouterTransport(({ service }) => {
    service(OrderService, {
      offerPayments({ offers }) {
        calls.push(offers);
        const refusal = { code: Code.FailedPrecondition, message: "a cancelled order cannot wait for its payment" };
        return { results: offers.map(({ orderId: id }) => (refused.includes(id) ? { id, refusal } : { id })) };
      },
      closeUnpaid(request) {
        closed.push(request);
        return {};
      },
    });
  });
  return { calls, closed, orders: remoteOrders(withDomainErrors(transport)) };
}

test("the order is told its session and the link to it", async () => {
  const { calls, orders } = orderService();
  await orders.requestPayment("order-1", session);
  expect(calls).toMatchObject([[{ orderId: "order-1", paymentLink: session.url, checkoutSessionId: "cs_1" }]]);
});

test("offers that are made together leave as one call, and one that is refused refuses nobody else", async () => {
  const { calls, orders } = orderService(["order-2"]);
  const names = ["order-1", "order-2", "order-3"];
  const told = await Promise.allSettled(names.map((orderId) => orders.requestPayment(orderId, session)));
  expect(calls.map((offers) => offers.map(({ orderId }) => orderId))).toEqual([names]);
  expect(told.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  await expect(orders.requestPayment("order-2", session)).rejects.toMatchObject({ kind: "conflict" });
});

test("the order is told that nobody can pay for it any more, and why", async () => {
  const { closed, orders } = orderService();
  await orders.closeCheckout("order-1", "payment_failed");
  expect(closed).toMatchObject([{ orderId: "order-1", reason: "payment_failed" }]);
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

test("the order is told of money that goes back, by the refund's id, amount and state", async () => {
  const told: RecordRefundsRequest[] = [];
  const transport = createRouterTransport(({ service }) => {
    service(OrderService, {
      recordRefunds(request) {
        told.push(request);
        if (request.orderId === "order-2") throw new ConnectError("no such order", Code.NotFound);
        return {};
      },
    });
  });
  const orders = remoteOrders(withDomainErrors(transport));
  const moved = [
    { id: "a", amount: 300, state: "succeeded" },
    { id: "re_1", amount: 200, state: "failed" },
  ] as const;
  expect(await orders.recordRefunds("order-1", "eur", moved)).toBe(true);
  expect(told).toMatchObject([
    {
      orderId: "order-1",
      refunds: [
        { refundId: "a", amount: { amount: 300n, currency: "eur" }, status: RefundStatus.SUCCEEDED },
        { refundId: "re_1", amount: { amount: 200n, currency: "eur" }, status: RefundStatus.FAILED },
      ],
    },
  ]);
  await expect(orders.recordRefunds("order-2", "eur", moved)).rejects.toMatchObject({ kind: "not_found" });
});

test("an order service of the version before does not hear of refunds, which is no error", async () => {
  expect(await orderService().orders.recordRefunds("order-1", "eur", [])).toBe(false);
});
