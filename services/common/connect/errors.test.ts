import { Code, ConnectError, createClient, createRouterTransport } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { AppError } from "#common/errors";
import { OrderService } from "#common/genproto/order/v1/order_pb";
import { remoteTransport } from "./client.ts";
import { withDomainErrors } from "./errors.ts";

/** What a caller sees when the callee fails like this. */
async function seen(failure: Error): Promise<unknown> {
  const transport = createRouterTransport(({ service }) => {
    service(OrderService, {
      getOrder() {
        throw failure;
      },
    });
  });
  const client = createClient(OrderService, withDomainErrors(transport));
  return client.getOrder({ orderId: "1" }).catch((error: unknown) => error);
}

test.each([
  [Code.NotFound, "not_found"],
  [Code.FailedPrecondition, "conflict"],
  [Code.InvalidArgument, "invalid"],
  [Code.AlreadyExists, "idempotency_key_reused"],
])(
  "what the callee says of a request (code %i) reaches the caller as %s, in the callee's words",
  async (code, kind) => {
    const error = await seen(new ConnectError("in its own words", code));
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ kind, message: "in its own words" });
  },
);

test.each([Code.Unavailable, Code.Unauthenticated, Code.DeadlineExceeded, Code.Internal, Code.Unknown])(
  "a callee that fails for reasons of its own (code %i) is unavailable, and its words stay inside",
  async (code) => {
    const error = await seen(new ConnectError("the password is 1234", code));
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ kind: "unavailable", message: "order.v1.OrderService does not answer" });
  },
);

test("a service that is not there is unavailable", async () => {
  const transport = remoteTransport({
    appId: "order",
    daprHttpPort: 1,
    daprApiToken: "0123456789abcdef",
    appApiToken: "0123456789abcdef",
  });
  const asked = createClient(OrderService, transport).getOrder({ orderId: "1" });
  await expect(asked).rejects.toMatchObject({ name: "AppError", kind: "unavailable" });
});
