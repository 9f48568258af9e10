import express from "express";
import { expect, onTestFinished, test } from "vitest";
import { type LogFields, silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { healthRoutes, type ReadinessCheck } from "./health.ts";
import { listen } from "./listen.ts";

async function serving(checks: Record<string, ReadinessCheck>, log: [string, LogFields?][] = []) {
  const { registry } = createMetrics("test", false);
  const told = (...line: [string, LogFields?]) => void log.push(line);
  const logger = { ...silentLogger, info: told, warn: told };
  const server = await listen(express().use(healthRoutes(checks, registry, logger)), "127.0.0.1", 0);
  onTestFinished(() => server.close());
  return (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);
}

const answers = async () => "here";
const hangs = () => new Promise(() => {});

test("a service is ready when every check passes", async () => {
  const ask = await serving({ database: answers, sidecar: answers });
  const response = await ask("/readyz");
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: "ok", checks: { database: "ok", sidecar: "ok" } });
});

test("a check that fails makes it not ready, and its error stays inside", async () => {
  const ask = await serving({ database: () => Promise.reject(new Error("password=1234")), sidecar: answers });
  const response = await ask("/readyz");
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({
    status: "not ready",
    checks: { database: "does not answer", sidecar: "ok" },
  });
});

test("a check that throws at once is a check that failed", async () => {
  const ask = await serving({
    database: () => {
      throw new Error("password=1234");
    },
  });
  expect((await ask("/readyz")).status).toBe(503);
});

test("a check that hangs makes it not ready within the limit", async () => {
  const ask = await serving({ database: hangs, sidecar: answers });
  const asked = performance.now();
  const response = await ask("/readyz");
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ checks: { database: "does not answer", sidecar: "ok" } });
  expect(performance.now() - asked).toBeLessThan(30_000);
});

test("why a service is not ready is in the log, once until that changes", async () => {
  const log: [string, LogFields?][] = [];
  let down = true;
  const database = async () => {
    if (down) throw new Error("connect ECONNREFUSED db:27017");
  };
  const ask = await serving({ database, sidecar: answers }, log);
  for (let time = 0; time < 3; time++) await ask("/readyz");
  down = false;
  for (let time = 0; time < 3; time++) await ask("/readyz");
  expect(log).toEqual([["not ready", { database: "connect ECONNREFUSED db:27017" }], ["ready"]]);
});

test("a service lives whatever its checks say", async () => {
  const ask = await serving({ database: hangs });
  expect((await ask("/healthz")).status).toBe(200);
});

test("its numbers are for Prometheus", async () => {
  const ask = await serving({});
  const response = await ask("/metrics");
  expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
  expect(await response.text()).toContain("gorder_use_case_seconds");
});
