import { create } from "@bufbuild/protobuf";
import { createRouterTransport } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { serverErrors, withDomainErrors } from "#common/connect/errors";
import { moneyMessage } from "#common/connect/money";
import { AppError } from "#common/errors";
import {
  type CloseCheckoutRequest,
  PaymentSchema,
  PaymentService,
  RefundState,
  CheckoutStatus as Status,
} from "#common/genproto/payment/v1/payment_pb";
import { silentLogger } from "#common/logging";
import type { CheckoutStatus, Payment, Payments, RefundAnswer } from "../app/services.ts";
import { fakePayments } from "../testing/fakePayments.ts";
import { paymentsContract } from "./payments.suite.ts";
import { remotePayments } from "./remotePayments.ts";

const messages: Record<CheckoutStatus, Status> = {
  unknown: Status.UNSPECIFIED,
  open: Status.OPEN,
  processing: Status.PROCESSING,
  paid: Status.PAID,
  closed: Status.CLOSED,
  refunded: Status.REFUNDED,
  refunding: Status.REFUNDING,
};

const states: Record<RefundAnswer["refund"], RefundState> = {
  refunding: RefundState.REFUNDING,
  succeeded: RefundState.SUCCEEDED,
  failed: RefundState.FAILED,
  none: RefundState.UNSPECIFIED,
};

function messageOf(orderId: string, payment: Payment) {
  const total = payment.status === "paid" && { total: moneyMessage(payment.total) };
  return create(PaymentSchema, { orderId, status: messages[payment.status], ...total });
}

/** A client of a PaymentService that answers what `payments` do, and the requests to close that it got. */
function clientOf(payments: Payments) {
  const closing: CloseCheckoutRequest[] = [];
  const transport = createRouterTransport(
    ({ service }) =>
      service(PaymentService, {
        async closeCheckout(request) {
          closing.push(request);
          return { payment: messageOf(request.orderId, await payments.close({ id: request.orderId }, "customer")) };
        },
        async refundPayment({ orderId: whole, partOfOrderId, refundId, amount }) {
          const orderId = whole || partOfOrderId;
          const asked = amount && { refundId, amount: { amount: Number(amount.amount), currency: amount.currency } };
          const payment = await payments.refund({ id: orderId }, asked);
          return { payment: messageOf(orderId, payment), state: states[payment.refund] };
        },
        async announcePayment({ orderId }) {
          await payments.announce(orderId);
          return {};
        },
        async getPayments({ orderIds }) {
          const found = await payments.find(orderIds);
          return { payments: found.map((payment, index) => messageOf(orderIds[index] ?? "", payment)) };
        },
      }),
    { router: { interceptors: [serverErrors(silentLogger)] } },
  );
  return { closing, client: remotePayments(withDomainErrors(transport)) };
}

function given(statuses: Map<string, CheckoutStatus>) {
  const fake = fakePayments();
  for (const [id, status] of statuses) fake.statuses.set(id, status);
  return fake;
}

paymentsContract("the fake", given);
paymentsContract("the payment service", (statuses) => clientOf(given(statuses)).client);

test("payment is told the session that the order knows of, and why it is closed", async () => {
  const { client, closing } = clientOf(fakePayments());
  await client.close({ id: "a", checkoutSessionId: "cs_1" }, "expired");
  await client.close({ id: "b" }, "customer");
  expect(closing).toMatchObject([
    { orderId: "a", checkoutSessionId: "cs_1", reason: "expired" },
    { orderId: "b", checkoutSessionId: "", reason: "customer" },
  ]);
});

test("a checkout that took something else than the order's money is closed: an operator has that money", async () => {
  const fake = fakePayments();
  fake.close = () => Promise.reject(new AppError("conflict", "Money was taken that does not match the order"));
  expect((await clientOf(fake).client.close({ id: "a" }, "expired")).status).toBe("closed");
});

test("a payment that was made, and not said of how much, is refused and not taken for one of nothing", async () => {
  const transport = createRouterTransport(({ service }) =>
    service(PaymentService, {
      getPayments: ({ orderIds }) => ({ payments: orderIds.map((orderId) => ({ orderId, status: Status.PAID })) }),
    }),
  );
  await expect(remotePayments(withDomainErrors(transport)).find(["a"])).rejects.toThrow(
    "What was paid for a is no amount of money",
  );
});

test("a payment service that does not answer is unavailable, and nothing is taken for closed", async () => {
  const fake = fakePayments();
  fake.away = true;
  const { client } = clientOf(fake);
  const asked = [
    client.close({ id: "a" }, "expired"),
    client.refund({ id: "a" }),
    client.announce("a"),
    client.find(["a"]),
  ];
  for (const outcome of await Promise.allSettled(asked))
    expect(outcome).toMatchObject({ status: "rejected", reason: { kind: "unavailable" } });
});

test("a refund stands as payment says, also in the words of the version before, and that staff cancelled is the customer's", async () => {
  for (const refund of ["refunding", "failed", "succeeded"] as const) {
    const fake = fakePayments();
    fake.statuses.set("a", "paid");
    fake.refundsEnd = refund;
    expect((await clientOf(fake).client.refund({ id: "a" })).refund).toBe(refund);
  }
  for (const [status, refund] of [
    ["refunding", "refunding"],
    ["refunded", "succeeded"],
    ["paid", "none"],
  ] as const) {
    const fake = fakePayments();
    fake.refund = async () => ({ status, refund: "none", total: { amount: 500, currency: "eur" } });
    expect((await clientOf(fake).client.refund({ id: "a" })).refund).toBe(refund);
  }
  const { client, closing } = clientOf(fakePayments());
  await client.close({ id: "a" }, "staff");
  expect(closing).toMatchObject([{ reason: "customer" }]);
});

test("a part is asked for in a way that the version before refuses: it knows no parts, and would give everything back", async () => {
  const asked: string[] = [];
  const transport = createRouterTransport(
    ({ service }) =>
      service(PaymentService, {
        refundPayment({ orderId }) {
          asked.push(orderId);
          if (!orderId) throw new AppError("invalid", "orderId: must be 1 to 128 visible ASCII characters");
          return { payment: { orderId, status: Status.REFUNDED } };
        },
      }),
    { router: { interceptors: [serverErrors(silentLogger)] } },
  );
  const client = remotePayments(withDomainErrors(transport));
  const part = { refundId: "r1", amount: { amount: 200, currency: "eur" } };
  await expect(client.refund({ id: "a" }, part)).rejects.toMatchObject({ kind: "invalid" });
  expect(await client.refund({ id: "a" }, { refundId: "r2" })).toMatchObject({ refund: "succeeded" });
  expect(asked).toEqual(["", "a"]);
});
