import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { expect, it } from "vitest";
import { withDomainErrors } from "#common/connect/errors";
import { isKind } from "#common/errors";
import { OrderService, OrderStatus } from "#common/genproto/order/v1/order_pb";
import { remoteOrders } from "./remoteOrders.ts";

const { PENDING, WAITING_FOR_PAYMENT, PAID, READY, CANCELLED, REFUNDED } = OrderStatus;

/** What stock hears of an order whose status is asked for like this. */
function asked(getOrder: () => { order?: { status: OrderStatus } }): Promise<boolean> {
  const transport = createRouterTransport(({ service }) => service(OrderService, { getOrder }));
  return remoteOrders(withDomainErrors(transport)).needItems("o");
}

it.each([PENDING, WAITING_FOR_PAYMENT, PAID, READY])("an order in status %i needs its items", async (status) => {
  expect(await asked(() => ({ order: { status } }))).toBe(true);
});

it.each([CANCELLED, REFUNDED])("an order in status %i needs none", async (status) => {
  expect(await asked(() => ({ order: { status } }))).toBe(false);
});

it("an order that does not exist needs none", async () => {
  const answer = asked(() => {
    throw new ConnectError("There is no such order", Code.NotFound);
  });
  expect(await answer).toBe(false);
});

it.each([Code.Unavailable, Code.Unimplemented, Code.Unauthenticated, Code.Internal, Code.DeadlineExceeded])(
  "of an order service that fails (code %i) nothing is concluded",
  async (code) => {
    const answer = asked(() => {
      throw new ConnectError("", code);
    });
    await expect(answer).rejects.toSatisfy((error) => isKind(error, "unavailable"));
  },
);

it("an answer without an order, or with a status from the future, counts as an order that needs its items", async () => {
  expect(await asked(() => ({}))).toBe(true);
  expect(await asked(() => ({ order: { status: 99 as OrderStatus } }))).toBe(true);
});
