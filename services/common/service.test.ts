import { connect } from "node:http2";
import { Code, type ConnectRouter, createClient } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import * as grpc from "@grpc/grpc-js";
import { SpanKind } from "@opentelemetry/api";
import { expect, onTestFinished, test } from "vitest";
import { Health, HealthCheckResponse_ServingStatus as Serving } from "#common/genproto/grpc/health/v1/health_pb";
import { ServerReflection } from "#common/genproto/grpc/reflection/v1/reflection_pb";
import { OrderService } from "#common/genproto/order/v1/order_pb";
import { tokenHeader } from "#common/http/appToken";
import type { ReadinessCheck } from "#common/http/health";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { listenForCallers } from "#common/service";
import { keptSpans } from "#common/testing/spans";

const spans = keptSpans();
const appToken = "0123456789abcdef";

/** The address of the HTTP/2 side of a service with these checks. */
async function listening(checks: Record<string, ReadinessCheck>): Promise<string> {
  const service = {
    name: "order",
    checks,
    metrics: createMetrics("order", false),
    async close() {},
    rpc: (router: ConnectRouter) => router.service(OrderService, { getOrder: () => ({}) }),
  };
  const server = await listenForCallers(service, { logger: silentLogger, appToken }, "127.0.0.1", 0);
  onTestFinished(() => server.close(0));
  return `http://127.0.0.1:${server.port}`;
}

/** A transport to it. */
async function serving(checks: Record<string, ReadinessCheck>) {
  const baseUrl = await listening(checks);
  const sessionManager = new Http2SessionManager(baseUrl);
  onTestFinished(() => sessionManager.abort());
  return createGrpcTransport({ baseUrl, sessionManager });
}

test("a plain gRPC call continues its caller's trace in a span of its own", async () => {
  const client = createClient(OrderService, await serving({}));
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  await client.getOrder({}, { headers: { [tokenHeader]: appToken, traceparent } });
  const [span, ...others] = spans();
  expect(others).toEqual([]);
  expect(span).toMatchObject({ name: "order.v1.OrderService/GetOrder", kind: SpanKind.SERVER });
  expect(span?.spanContext().traceId).toBe("4bf92f3577b34da6a3ce929d0e0e4736");
  expect(span?.parentSpanContext?.spanId).toBe("00f067aa0ba902b7");
});

test.each([undefined, "guessed"])(
  "a plain gRPC call with the token %s is refused untraced, and nothing is done for it",
  async (token) => {
    const client = createClient(OrderService, await serving({}));
    const headers: Record<string, string> = token === undefined ? {} : { [tokenHeader]: token };
    await expect(client.getOrder({}, { headers })).rejects.toMatchObject({
      code: Code.Unauthenticated,
      rawMessage: "the app API token is missing or wrong",
    });
    expect(spans()).toEqual([]);
  },
);

test.each(["", "x".repeat(200_000)])(
  "a client of another make hears UNAUTHENTICATED, whatever it sends",
  async (body) => {
    const baseUrl = await listening({});
    const client = new grpc.Client(new URL(baseUrl).host, grpc.credentials.createInsecure());
    onTestFinished(() => client.close());
    const bytes = (value: Buffer) => value;
    const answer = new Promise((resolve) => {
      client.makeUnaryRequest("/order.v1.OrderService/GetOrder", bytes, bytes, Buffer.from(body), resolve);
    });
    expect(await answer).toMatchObject({ code: grpc.status.UNAUTHENTICATED });
  },
);

test("who shows no token is told nothing of what there is to call", async () => {
  const client = createClient(ServerReflection, await serving({}));
  const ask = async (headers: Record<string, string>) => {
    const questions = async function* () {
      yield { messageRequest: { case: "listServices", value: "" } } as const;
    };
    for await (const { messageResponse } of client.serverReflectionInfo(questions(), { headers }))
      return messageResponse.case;
    return undefined;
  };
  await expect(ask({})).rejects.toMatchObject({ code: Code.Unauthenticated });
  expect(await ask({ [tokenHeader]: appToken })).toBe("listServicesResponse");
});

test("whoever asks without a token, over and over, whether we serve, loses the connection", async () => {
  const client = connect(await listening({}));
  client.on("error", () => {});
  onTestFinished(() => client.destroy());
  const headers = { ":method": "POST", ":path": `/${Health.typeName}/Check`, "content-type": "application/grpc" };
  const probe = () =>
    new Promise<void>((resolve) => {
      const stream = client.request(headers).on("error", () => {});
      stream.once("close", resolve).resume().end(Buffer.alloc(5));
    });
  for (let probes = 0; probes < 1_000 && !client.closed; probes++) await probe();
  expect(client.closed).toBe(true);
});

test("whoever asks gRPC's health in one second shares one look at the databases", async () => {
  let looks = 0;
  const client = createClient(Health, await serving({ database: async () => void looks++ }));
  await Promise.all(Array.from({ length: 20 }, () => client.check({})));
  expect(looks).toBe(1);
});

test.each<[string, ReadinessCheck, Serving]>([
  ["that passes", async () => {}, Serving.SERVING],
  ["that fails", () => Promise.reject(new Error("away")), Serving.NOT_SERVING],
  ["that hangs", () => new Promise(() => {}), Serving.NOT_SERVING],
])("gRPC's health answers within the limit about a check %s, and makes no trace", async (_, check, status) => {
  const client = createClient(Health, await serving({ database: check }));
  expect((await client.check({}, { timeoutMs: 20_000 })).status).toBe(status);
  expect(spans()).toEqual([]);
});
