import { Code, ConnectError, createRouterTransport, type ServiceImpl } from "@connectrpc/connect";
import { expect, it } from "vitest";
import { withDomainErrors } from "#common/connect/errors";
import { isKind } from "#common/errors";
import { OrderService, OrderStatus } from "#common/genproto/order/v1/order_pb";
import { remoteOrders } from "./remoteOrders.ts";

const { PENDING, WAITING_FOR_PAYMENT, PAID, COOKING, READY, CANCELLED, REFUNDED } = OrderStatus;

type Answers = Partial<ServiceImpl<typeof OrderService>>;
type Found = { status?: OrderStatus; refusal?: { code: number; message: string } };

const asked = (answers: Answers, orderIds: string[]) =>
  remoteOrders(withDomainErrors(createRouterTransport(({ service }) => service(OrderService, answers)))).needItems(
    orderIds,
  );

/** What stock hears of one order, of which this is said. */
async function heard(found: Found) {
  const [answer] = await asked({ getStatuses: () => ({ orders: [{ orderId: "o", ...found }] }) }, ["o"]);
  return answer;
}

it.each([PENDING, WAITING_FOR_PAYMENT, PAID, COOKING, READY])(
  "an order in status %i needs its items",
  async (status) => {
    expect(await heard({ status })).toEqual({ status: "fulfilled", value: true });
  },
);

it.each([CANCELLED, REFUNDED])("an order in status %i needs none", async (status) => {
  expect(await heard({ status })).toEqual({ status: "fulfilled", value: false });
});

it("an order that does not exist needs none", async () => {
  expect(await heard({ refusal: { code: Code.NotFound, message: "There is no such order" } })).toEqual({
    status: "fulfilled",
    value: false,
  });
});

it.each([Code.Unavailable, Code.Internal, Code.FailedPrecondition])(
  "of an order of which nothing can be said (code %i) nothing is concluded, but of its neighbours",
  async (code) => {
    const orders = [
      { orderId: "b", status: CANCELLED },
      { orderId: "a", refusal: { code, message: "" } },
    ];
    const answers = await asked({ getStatuses: () => ({ orders }) }, ["a", "b", "left out"]);
    expect(answers.map((one) => (one.status === "fulfilled" ? one.value : "rejected"))).toEqual([
      "rejected",
      false,
      "rejected",
    ]);
  },
);

it("a status that is none, or from the future, counts as an order that needs its items", async () => {
  expect(await heard({})).toEqual({ status: "fulfilled", value: true });
  expect(await heard({ status: 99 as OrderStatus })).toEqual({ status: "fulfilled", value: true });
});

it.each([Code.Unavailable, Code.Unauthenticated, Code.Internal, Code.DeadlineExceeded])(
  "of an order service that fails (code %i) nothing is concluded",
  async (code) => {
    const answer = asked({ getStatuses: () => Promise.reject(new ConnectError("", code)) }, ["o"]);
    await expect(answer).rejects.toSatisfy((error) => isKind(error, "unavailable"));
  },
);

it.each([Code.Unimplemented, Code.PermissionDenied])(
  "an order service that does not know the question (code %i) is asked one by one, as the version before was",
  async (code) => {
    const known: Record<string, OrderStatus> = { paid: PAID, over: CANCELLED };
    const answers = await asked(
      {
        getStatuses: () => Promise.reject(new ConnectError("", code)),
        getOrder({ orderId }) {
          const status = known[orderId];
          if (orderId === "unclear") throw new ConnectError("", Code.Unavailable);
          if (status === undefined) throw new ConnectError("There is no such order", Code.NotFound);
          return { order: { status } };
        },
      },
      ["paid", "over", "gone", "unclear"],
    );
    expect(answers.map((one) => (one.status === "fulfilled" ? one.value : "rejected"))).toEqual([
      true,
      false,
      false,
      "rejected",
    ]);
  },
);
