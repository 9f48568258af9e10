import { get } from "node:http";
import { Router } from "express";
import { expect, onTestFinished, test } from "vitest";
import { AppError } from "#common/errors";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { createHttpApp } from "./app.ts";
import { listen } from "./listen.ts";
import { measured, nameRefusal } from "./measured.ts";

async function serving() {
  const metrics = createMetrics("test", false);
  const routes = Router();
  routes.get("/orders/:id", (_request, response) => void response.json({}));
  routes.get("/readyz", (_request, response) => void response.status(503).end());
  routes.get("/busy", () => {
    throw new AppError("unavailable", "Stock does not answer");
  });
  routes.get("/greedy", (_request, response) => {
    nameRefusal(response, "orders_of_customer");
    throw new AppError("too_many", "That is enough");
  });
  routes.get("/events", (_request, response) => void response.type("text/event-stream").end("data: 1\n\n"));
  routes.get("/never", () => {});
  const app = createHttpApp("test", silentLogger, (app) => {
    app.use(measured(metrics, ["/stock.v1.StockService/ListProducts"]));
    app.post("/stock.v1.StockService/ListProducts", (_request, response, next) => next(response.end()));
    app.use(routes);
  });
  const server = await listen(app, "127.0.0.1", 0);
  onTestFinished(() => server.close(0));
  const url = `http://127.0.0.1:${server.port}`;
  const numbers = async (name: string) =>
    (await metrics.registry.metrics()).split("\n").filter((line) => line.startsWith(`${name}{`));
  return { url, numbers };
}

test("requests are counted by the pattern that they matched, never by what a stranger wrote", async () => {
  const { url, numbers } = await serving();
  for (const path of ["/orders/1", "/orders/2", "/wp-admin", "/index.php"]) await fetch(url + path);
  await expect
    .poll(() => numbers("gorder_http_requests_total"))
    .toEqual([
      'gorder_http_requests_total{method="GET",route="/orders/:id",status="200",service="test"} 2',
      'gorder_http_requests_total{method="GET",route="other",status="404",service="test"} 2',
    ]);
  expect(await numbers("gorder_http_request_seconds_count")).toContain(
    'gorder_http_request_seconds_count{service="test",method="GET",route="/orders/:id"} 2',
  );
});

test("a refused request is counted by its reason, or by what its status means", async () => {
  const { url, numbers } = await serving();
  for (const path of ["/busy", "/greedy", "/greedy"]) await fetch(url + path);
  await expect
    .poll(() => numbers("gorder_http_refused_total"))
    .toEqual([
      'gorder_http_refused_total{reason="unavailable",service="test"} 1',
      'gorder_http_refused_total{reason="orders_of_customer",service="test"} 2',
    ]);
});

test("probes are not counted, and event streams are not timed", async () => {
  const { url, numbers } = await serving();
  await fetch(`${url}/readyz`);
  await (await fetch(`${url}/events`)).text();
  await expect
    .poll(() => numbers("gorder_http_requests_total"))
    .toEqual(['gorder_http_requests_total{method="GET",route="/events",status="200",service="test"} 1']);
  expect(await numbers("gorder_http_request_seconds_count")).toEqual([]);
  expect(await numbers("gorder_http_refused_total")).toEqual([]);
});

test("who leaves before the answer is counted as such, not as served", async () => {
  const { url, numbers } = await serving();
  const call = get(`${url}/never`).on("error", () => {});
  call.once("socket", (socket) => socket.once("connect", () => setImmediate(() => call.destroy())));
  await expect
    .poll(() => numbers("gorder_http_requests_total"))
    .toEqual(['gorder_http_requests_total{method="GET",route="/never",status="aborted",service="test"} 1']);
});
