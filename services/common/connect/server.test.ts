import { Code, ConnectError, type ConnectRouter, createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { SpanKind } from "@opentelemetry/api";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { callerIn, demandCaller, forCaller } from "#common/caller";
import { AppError, type ErrorKind } from "#common/errors";
import { OrderService } from "#common/genproto/order/v1/order_pb";
import { tokenHeader } from "#common/http/appToken";
import { type Listening, listen } from "#common/http/listen";
import { createMetrics } from "#common/metrics";
import { sidecarApp } from "#common/service";
import { keptLogs } from "#common/testing/logs";
import { keptSpans } from "#common/testing/spans";
import { remoteTransport } from "./client.ts";

const spans = keptSpans();
const logger = keptLogs();
const appToken = "0123456789abcdef";
let failure: unknown;
let calls = 0;
let answer: () => Promise<object> = async () => ({});
let server: Listening;

beforeEach(() => {
  logger.lines.splice(0);
  calls = 0;
  answer = () => Promise.reject(failure);
});
beforeAll(async () => {
  const service = {
    name: "order",
    checks: {},
    metrics: createMetrics("order", false),
    async close() {},
    rpc: (router: ConnectRouter) =>
      router.service(OrderService, {
        getOrder() {
          calls++;
          return answer();
        },
      }),
  };
  server = await listen(sidecarApp(service, { logger, appToken }), "127.0.0.1", 0);
});
// Whoever was refused unread is still sending.
afterAll(() => server.close(100));

/** A caller as our services are, past the sidecars. */
const caller = (token = appToken, timeoutMs = 2_000) =>
  createClient(
    OrderService,
    remoteTransport({
      appId: "order",
      daprHttpPort: 0,
      daprApiToken: "",
      appApiToken: token,
      directUrl: `http://127.0.0.1:${server.port}`,
      timeoutMs,
    }),
  );
const refused = (client = caller()) => client.getOrder({ orderId: "o-1" }).then(String, (error: unknown) => error);

test.each<ErrorKind>(["invalid", "not_found", "out_of_stock", "conflict", "idempotency_key_reused"])(
  "an error of kind %s is the same error for the caller, in the callee's words",
  async (kind) => {
    failure = new AppError(kind, "in its own words: ü 🍜");
    expect(await refused()).toMatchObject({ name: "AppError", kind, message: "in its own words: ü 🍜" });
    expect(logger.lines).toEqual([]);
  },
);

test.each<ErrorKind>(["unavailable", "unauthorized"])(
  "that the callee is %s in turn is, for the caller, that it does not answer",
  async (kind) => {
    failure = new AppError(kind, "the database is away");
    expect(await refused()).toMatchObject({ kind: "unavailable", message: "order.v1.OrderService does not answer" });
  },
);

describe.each([
  ["Connect in JSON", { useBinaryFormat: false, create: createConnectTransport }],
  ["Connect in binary", { useBinaryFormat: true, create: createConnectTransport }],
  ["gRPC-Web", { useBinaryFormat: true, create: createGrpcWebTransport }],
])("over %s", (_, { create, useBinaryFormat }) => {
  const client = () =>
    createClient(
      OrderService,
      create({ baseUrl: `http://127.0.0.1:${server.port}`, httpVersion: "1.1", useBinaryFormat }),
    );
  const headers = { [tokenHeader]: appToken };

  test("an unexpected error leaves without its text, which is in the log", async () => {
    failure = new Error("connect ECONNREFUSED db:3306 password=1234");
    const error = ConnectError.from(
      await client()
        .getOrder({ orderId: "o-1" }, { headers })
        .catch((e: unknown) => e),
    );
    expect(error).toMatchObject({ code: Code.Internal, rawMessage: "internal error" });
    expect(JSON.stringify([...error.metadata, error.details])).not.toMatch(/password|ECONN/);
    expect(logger.lines).toMatchObject([{ level: "error", error: failure }]);
  });

  test("nobody without the app token reaches the service", async () => {
    for (const given of [{}, { [tokenHeader]: "another" }]) {
      const asked = client().getOrder({ orderId: "o-1" }, { headers: given as Record<string, string> });
      await expect(asked).rejects.toMatchObject({ code: Code.Unauthenticated });
    }
    expect(calls).toBe(0);
  });

  test("a request past the limit is refused unread", async () => {
    const asked = client().getOrder({ orderId: "o".repeat(1024 * 1024 + 1) }, { headers });
    await expect(asked).rejects.toMatchObject({ code: Code.ResourceExhausted });
    expect(calls).toBe(0);
  });
});

test("a long answer is not compressed for a caller on the same machine", async () => {
  answer = async () => ({ order: { id: "o".repeat(10_000) } });
  const headers: Headers[] = [];
  const { order } = await caller().getOrder({ orderId: "o-1" }, { onHeader: (given) => headers.push(given) });
  expect(order?.id).toHaveLength(10_000);
  expect(headers.map((given) => [given.get("content-encoding"), given.get("content-length")])).toEqual([
    [null, expect.stringMatching(/^10\d{3}$/)],
  ]);
});

test("an answer that is too long to be read is no word on the request, least of all that something is sold out", async () => {
  answer = async () => ({ order: { id: "o".repeat(4 * 1024 * 1024) } });
  await expect(caller().getOrder({ orderId: "o-1" })).rejects.toMatchObject({ name: "AppError", kind: "unavailable" });
});

test("a call that takes too long ends at its time, once, and is unavailable", async () => {
  const finish = new AbortController();
  answer = () => new Promise((resolve) => finish.signal.addEventListener("abort", () => resolve({})));
  const asked = performance.now();
  expect(await refused(caller(appToken, 300))).toMatchObject({ kind: "unavailable" });
  expect(performance.now() - asked).toBeLessThan(30_000);
  expect(calls).toBe(1);
  finish.abort();
});

test("a call is one trace: the caller's span, and under it the callee's with the same name", async () => {
  answer = async () => ({});
  await caller().getOrder({ orderId: "o-1" });
  const client = spans().find(({ kind }) => kind === SpanKind.CLIENT);
  const callee = await vi.waitFor(() => {
    const spanId = client?.spanContext().spanId;
    return spans().find(({ parentSpanContext }) => parentSpanContext?.spanId === spanId) ?? expect.fail("not yet");
  });
  expect([client?.name, callee.name]).toEqual(["order.v1.OrderService/GetOrder", "order.v1.OrderService/GetOrder"]);
  expect([callee.kind, callee.spanContext().traceId]).toEqual([SpanKind.SERVER, client?.spanContext().traceId]);
});

test("a caller's deadline travels with the call: who has left by then is served no further", async () => {
  let signal: AbortSignal | undefined;
  const ended = vi.fn();
  answer = async () => {
    signal = callerIn();
    await new Promise((resolve) => signal?.addEventListener("abort", resolve));
    try {
      demandCaller();
    } catch (error) {
      ended(error);
    }
    return {};
  };
  expect(await refused(caller(appToken, 100))).toMatchObject({ kind: "unavailable" });
  await vi.waitFor(() => expect(ended).toHaveBeenCalledWith(expect.objectContaining({ kind: "unavailable" })));
});

test("a call that is made for a caller ends with them", async () => {
  const asked = new AbortController();
  answer = () => new Promise(() => {});
  const call = forCaller(asked.signal, () => refused(caller(appToken, 20_000)));
  await vi.waitFor(() => expect(calls).toBe(1));
  asked.abort();
  expect(await call).toMatchObject({ name: "AppError", kind: "unavailable" });
});
