import type { ConnectRouter } from "@connectrpc/connect";
import { type Express, Router } from "express";
import { describe, expect, onTestFinished, test } from "vitest";
import { OrderService } from "#common/genproto/order/v1/order_pb";
import { tokenHeader } from "#common/http/appToken";
import { listen } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { publicApp, sidecarApp } from "#common/service";

const appToken = "0123456789abcdef";

/** A service with a route for everybody and with what only its sidecar calls; `ask` is of one of its listeners. */
async function serving(listener: "public" | "sidecar") {
  const metrics = createMetrics("order", false);
  const handled: unknown[] = [];
  const handle = async (event: unknown) => {
    handled.push(event);
    return "done" as const;
  };
  const service = {
    name: "order",
    checks: {},
    metrics,
    async close() {},
    http: Router().get("/api/products", (_request, response) => void response.json([])),
    rpc: (router: ConnectRouter) => router.service(OrderService, { getOrder: () => ({}) }),
    subscriptions: [{ topic: "order.paid" as const, handle }],
  };
  const outside = { logger: silentLogger, appToken };
  const serve = async (app: Express) => {
    const server = await listen(app, "127.0.0.1", 0);
    onTestFinished(() => server.close(0));
    return async (method: string, path: string, headers: Record<string, string> = {}) => {
      const body = method === "POST" ? { body: "{}" } : {};
      const all = { "content-type": "application/json", ...headers };
      return (await fetch(`http://127.0.0.1:${server.port}${path}`, { method, headers: all, ...body })).status;
    };
  };
  const [askPublic, askSidecar] = [
    await serve(publicApp(service, silentLogger)),
    await serve(sidecarApp(service, outside)),
  ];
  return { ask: listener === "public" ? askPublic : askSidecar, askPublic, askSidecar, handled, metrics };
}

const internal: [string, string][] = [
  ["POST", "/events/order.paid"],
  ["POST", "/order.v1.OrderService/GetOrder"],
  ["GET", "/dapr/config"],
  ["GET", "/dapr/subscribe"],
  ["GET", "/metrics"],
  ["GET", "/readyz"],
];

describe("the public's listener knows nothing that is for the sidecar, whatever token it is shown", () => {
  test.each(internal)("%s %s", async (method, path) => {
    const { ask, handled } = await serving("public");
    expect([await ask(method, path), await ask(method, path, { [tokenHeader]: appToken })]).toEqual([404, 404]);
    expect(handled).toEqual([]);
  });

  test("and serves the public", async () => {
    const { ask } = await serving("public");
    expect([await ask("GET", "/api/products"), await ask("GET", "/healthz")]).toEqual([200, 200]);
  });
});

describe("the sidecar's listener", () => {
  test("knows no public route", async () => {
    const { ask } = await serving("sidecar");
    expect([await ask("GET", "/api/products"), await ask("GET", "/api/products", { [tokenHeader]: appToken })]).toEqual(
      [404, 404],
    );
  });

  test.each(internal.slice(0, 2))("demands the app token for %s %s", async (method, path) => {
    const { ask } = await serving("sidecar");
    expect([await ask(method, path), await ask(method, path, { [tokenHeader]: appToken })]).toEqual([401, 200]);
  });
});

test("what comes to either is counted in the same numbers", async () => {
  const { askPublic, askSidecar, metrics } = await serving("public");
  await askPublic("GET", "/api/products");
  await askSidecar("POST", "/events/order.paid", { [tokenHeader]: appToken });
  for (const route of ["/api/products", "/events/order.paid"])
    await expect
      .poll(() => metrics.registry.metrics())
      .toMatch(new RegExp(`^gorder_http_requests_total\\{.*route="${route}",status="200",.*\\} 1$`, "m"));
});
