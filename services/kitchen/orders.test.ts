import { Code, createRouterTransport } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { withDomainErrors } from "#common/connect/errors";
import { type MarkReadyRequest, OrderService, type ReturnTicketsRequest } from "#common/genproto/order/v1/order_pb";
import { remoteOrders } from "./orders.ts";

test("a kitchen claims under its own name and gives back under the same", async () => {
  const asked: unknown[] = [];
  const returned: ReturnTicketsRequest[] = [];
  const transport = createRouterTransport(({ service }) => {
    service(OrderService, {
      claimTickets(request) {
        asked.push(request);
        return { tickets: [{ orderId: "order-1", traceparent: "00-1-2-01" }] };
      },
      returnTickets(request) {
        returned.push(request);
        return { returned: 3 };
      },
    });
  });
  const orders = remoteOrders(transport);
  expect(await orders.claim(4, 35)).toEqual([{ orderId: "order-1", traceparent: "00-1-2-01" }]);
  expect(await orders.returnTickets(["order-1"])).toBe(3);
  expect(asked).toMatchObject([{ count: 4, leaseSeconds: 35, kitchenId: returned[0]?.kitchenId }]);
  expect(returned).toMatchObject([{ keepOrderIds: ["order-1"], kitchenId: expect.stringMatching(/^[\da-f-]{36}$/) }]);
  await remoteOrders(transport).returnTickets([]);
  expect(returned[1]?.kitchenId).not.toBe(returned[0]?.kitchenId);
});

test("meals that are ready together are told in one call, and one that is refused does not touch the others", async () => {
  const told: MarkReadyRequest[] = [];
  const refusals = new Map([
    ["gone", { code: Code.NotFound, message: "There is no such order" }],
    ["lost", { code: Code.FailedPrecondition, message: "Another kitchen cooks it" }],
    ["later", { code: Code.Unavailable, message: "busy" }],
  ]);
  const transport = createRouterTransport(({ service }) => {
    service(OrderService, {
      markReady(request) {
        told.push(request);
        const refusalOf = (id: string) => ({ id, ...(refusals.has(id) && { refusal: refusals.get(id) }) });
        return { results: request.orderIds.map(refusalOf) };
      },
    });
  });
  const orders = remoteOrders(withDomainErrors(transport), "here");
  const outcomes = await Promise.allSettled(["a", "gone", "lost", "later", "b"].map(orders.markReady));
  expect(told).toMatchObject([{ kitchenId: "here", orderIds: ["a", "gone", "lost", "later", "b"] }]);
  expect(outcomes).toMatchObject([
    { status: "fulfilled" },
    { reason: { kind: "not_found" } },
    { reason: { kind: "conflict" } },
    { reason: { kind: "unavailable" } },
    { status: "fulfilled" },
  ]);
});
