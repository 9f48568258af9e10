import type { RequestListener } from "node:http";
import { type ConnectRouter, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { Router } from "express";
import { expect, onTestFinished, test, vi } from "vitest";
import { OrderService } from "#common/genproto/order/v1/order_pb";
import { tokenHeader } from "#common/http/appToken";
import { listen } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { publicApp, sidecarApp } from "#common/service";
import { keptSpans } from "#common/testing/spans";
import { currentTraceparent } from "#common/tracing";

const spans = keptSpans();
const appToken = "0123456789abcdef";
const [traceId, spanId] = ["4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"];
const traceparent = `00-${traceId}-${spanId}-01`;

/** A service with one public route, which answers in which trace it runs, and one call. */
async function serving() {
  const service = {
    name: "order",
    checks: {},
    metrics: createMetrics("order", false),
    async close() {},
    http: Router().get("/api/trace", (_request, response) => void response.send(currentTraceparent())),
    rpc: (router: ConnectRouter) => router.service(OrderService, { getOrder: () => ({}) }),
  };
  const opened = async (app: RequestListener) => {
    const server = await listen(app, "127.0.0.1", 0);
    onTestFinished(() => server.close(0));
    return `http://127.0.0.1:${server.port}`;
  };
  const url = await opened(publicApp(service, silentLogger));
  const appUrl = await opened(sidecarApp(service, { logger: silentLogger, appToken }));
  const ask = async (headers: Record<string, string>) => (await fetch(`${url}/api/trace`, { headers })).text();
  return { appUrl, ask };
}

const served = () => vi.waitFor(() => spans()[0] ?? Promise.reject(new Error("no span yet")));

test("a stranger's trace is linked, and what is done for them is in one of our own", async () => {
  const { ask } = await serving();
  expect(await ask({ traceparent })).not.toContain(traceId);
  const span = await served();
  expect(span.parentSpanContext).toBeUndefined();
  expect(span.links[0]?.context).toMatchObject({ traceId, spanId });
  expect(span.attributes["linked.trace_id"]).toBe(traceId);
});

test("a request is named by its method, route and status, as OpenTelemetry names them", async () => {
  await (await serving()).ask({});
  expect(await served()).toMatchObject({
    name: "GET /api/trace",
    attributes: {
      "http.request.method": "GET",
      "http.route": "/api/trace",
      "url.path": "/api/trace",
      "url.scheme": "http",
      "http.response.status_code": 200,
    },
  });
});

test.each(["guessed", appToken])("the token %s makes no guest a caller of our own", async (token) => {
  const { ask } = await serving();
  expect(await ask({ traceparent, [tokenHeader]: token })).not.toContain(traceId);
});

test("a wrong token makes nobody a caller of our own", async () => {
  const { appUrl } = await serving();
  const headers = { traceparent, [tokenHeader]: "guessed" };
  await fetch(`${appUrl}/order.v1.OrderService/GetOrder`, { method: "POST", headers });
  expect((await served()).spanContext().traceId).not.toBe(traceId);
});

test("a caller of our own goes on with its trace", async () => {
  const { appUrl: url } = await serving();
  const client = createClient(OrderService, createConnectTransport({ baseUrl: url, httpVersion: "1.1" }));
  await client.getOrder({}, { headers: { traceparent, [tokenHeader]: appToken } });
  const span = await served();
  expect(span.spanContext().traceId).toBe(traceId);
  expect(span.parentSpanContext?.spanId).toBe(spanId);
  expect(span.attributes).toMatchObject({
    "http.request.method": "POST",
    "rpc.system": "connect_rpc",
    "rpc.service": "order.v1.OrderService",
    "rpc.method": "GetOrder",
  });
});
