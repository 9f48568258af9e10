import { describe, expect, test } from "vitest";
import { paymentLink } from "../testing/app.ts";
import { appToken } from "../testing/http.ts";
import { orderPaid, waiting } from "../testing/internal.ts";

describe("without the app token an internal route is 401, and nothing is processed", () => {
  const tokens: [string, Record<string, string>][] = [
    ["no token", {}],
    ["an empty token", { "dapr-api-token": "" }],
    ["a wrong token", { "dapr-api-token": `${appToken}x` }],
    ["half a token", { "dapr-api-token": appToken.slice(0, 8) }],
    ["the token as a bearer", { authorization: `Bearer ${appToken}` }],
  ];

  test.each(tokens)("events, with %s", async (_, headers) => {
    const { deliver, orderId, status, stock } = await waiting();
    const calls = stock.calls.length;
    const answer = await deliver(orderPaid(orderId), headers);
    expect(answer.status).toBe(401);
    expect(await status()).toBe("waiting_for_payment");
    expect(stock.calls.length).toBe(calls);
  });

  test.each(tokens)("calls of OrderService, with %s", async (_, headers) => {
    const { internal, orderId, status, customerId, stock, orders } = await waiting();
    const calls = stock.calls.length;
    const rpc = "/order.v1.OrderService";
    const item = { productId: "tea", quantity: 1 };
    const requests: [string, object][] = [
      ["UpdateOrder", { orderId, checkoutClosed: { reason: "expired" } }],
      ["CloseUnpaid", { orderId, reason: "expired" }],
      ["OfferPayments", { offers: [{ orderId, paymentLink }] }],
      ["ClaimTickets", { kitchenId: "k", count: 1, leaseSeconds: 60 }],
      ["ReturnTickets", { kitchenId: "k" }],
      ["MarkReady", { kitchenId: "k", orderIds: [orderId] }],
      ["CancelOrder", { orderId, customerId }],
      ["GetOrder", { orderId }],
      ["GetStatuses", { orderIds: [orderId] }],
      ["ListOrders", { customerId }],
      ["CreateOrder", { customerId, idempotencyKey: "k", lines: [item] }],
    ];
    for (const [method, request] of requests) {
      const answer = await internal(`${rpc}/${method}`, request, headers);
      expect([method, answer.status]).toEqual([method, 401]);
      expect(answer.text).not.toContain(customerId);
    }
    expect(await status()).toBe("waiting_for_payment");
    expect(stock.calls.length).toBe(calls);
    expect(await orders.list(customerId, { limit: 10 })).toHaveLength(1);
  });

  test.each([
    ["half of a JSON text", "application/json", '{"orderId":'],
    ["bytes that are no message", "application/proto", "\u00ff\u00ff"],
    ["a type that is not spoken", "text/plain", "hello"],
    ["more than is read", "application/json", JSON.stringify({ orderId: "x".repeat(2 * 1024 * 1024) })],
  ])("calls that cannot be read, with %s: the token comes first", async (_, type, body) => {
    const { call } = await waiting();
    const answer = await call("POST", "/order.v1.OrderService/GetOrder", { body, headers: { "content-type": type } });
    expect(answer.status).toBe(401);
  });

  test("a customer's token opens none of them", async () => {
    const { call, token, orderId, status } = await waiting();
    const paid = await call("POST", "/events/order.paid", { token, json: orderPaid(orderId) });
    const asked = await call("POST", "/order.v1.OrderService/GetOrder", { token, json: { orderId } });
    expect([paid.status, asked.status, await status()]).toEqual([401, 401, "waiting_for_payment"]);
  });
});
