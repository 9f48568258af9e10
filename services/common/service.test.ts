import { createServer } from "node:http2";
import { Code, type ConnectRouter, createClient } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import * as grpc from "@grpc/grpc-js";
import { SpanKind } from "@opentelemetry/api";
import { expect, onTestFinished, test } from "vitest";
import { Health, HealthCheckResponse_ServingStatus as Serving } from "#common/genproto/grpc/health/v1/health_pb";
import { OrderService } from "#common/genproto/order/v1/order_pb";
import { tokenHeader } from "#common/http/appToken";
import type { ReadinessCheck } from "#common/http/health";
import { portOf, startServer } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { grpcHandler } from "#common/service";
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
  const server = createServer(grpcHandler(service, { logger: silentLogger, appToken }));
  await startServer(server, "127.0.0.1", 0);
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${portOf(server)}`;
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
