import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { listen } from "./http/listen.ts";
import { serverOf, started } from "./testing/started.ts";

const kitchen = join(import.meta.dirname, "..", "kitchen", "main.ts");
const within = { timeout: 60_000, interval: 50 };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

const good = {
  NODE_ENV: "production",
  DAPR_HTTP_PORT: "1",
  DAPR_GRPC_PORT: "1",
  DAPR_API_TOKEN: "0123456789abcdef",
  APP_API_TOKEN: "fedcba9876543210",
  APP_PORT: "0",
};

test("a service with a wrong and a missing setting ends with status 78 and names both, without a value", async () => {
  const { APP_API_TOKEN: _, ...env } = good;
  const { child, output } = started([kitchen], { ...env, COOKS: "s3cret" });
  expect(await once(child, "exit")).toEqual([78, null]);
  expect(output()).toMatch(/APP_API_TOKEN/);
  expect(output()).toMatch(/COOKS/);
  expect(output()).not.toMatch(/DAPR_API_TOKEN|s3cret/);
}, 120_000);

test("a service that cannot reach its database says last, in one line, that it does not start and why", async () => {
  const order = join(import.meta.dirname, "..", "order", "main.ts");
  const { child, output } = started([order], {
    ...good,
    PORT: "0",
    GRPC_PORT: "0",
    SESSION_SECRET: "0123456789abcdef0123456789abcdef",
    MONGODB_URL: "mongodb://127.0.0.1:1/",
  });
  expect(await once(child, "exit")).toEqual([1, null]);
  const last = JSON.parse(output().trim().split("\n").at(-1) ?? "");
  expect(last).toMatchObject({
    message: "does not start",
    reason: "MongoDB at 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1",
  });
}, 120_000);

test("a parameter of a database's address that is not understood keeps the service from starting, by its name", async () => {
  const order = join(import.meta.dirname, "..", "order", "main.ts");
  const { child, output } = started([order], {
    ...good,
    PORT: "0",
    GRPC_PORT: "0",
    SESSION_SECRET: "0123456789abcdef0123456789abcdef",
    MONGODB_URL: "mongodb://gorder:s3cret@127.0.0.1:1/?ssl-mode=REQUIRED",
  });
  expect(await once(child, "exit")).toEqual([78, null]);
  expect(output()).toContain("MONGODB_URL: option ssl-mode is not supported");
  expect(output()).not.toContain("s3cret");
}, 120_000);

test("on SIGTERM a service leaves Consul first, goes on serving, and ends with status 0", async () => {
  const seen: string[] = [];
  const consul = await serverOf((request, response) => {
    seen.push(request.url ?? "");
    response.end();
  });
  const sidecar = await serverOf((_, response) => response.end());
  const port = await freePort();
  const { child, output } = started([kitchen], {
    ...good,
    APP_PORT: String(port),
    CONSUL_URL: `http://127.0.0.1:${consul.port}`,
    DAPR_HTTP_PORT: String(sidecar.port),
  });
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  await vi.waitFor(async () => expect(await ask("/readyz")).toBe(200), within);

  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await vi.waitFor(() => expect(seen.at(-1)).toBe(`/v1/agent/service/deregister/kitchen-127.0.0.1-${port}`), within);
  expect(await ask("/healthz")).toBe(200);
  expect(await ended).toEqual([0, null]);
  expect(seen.at(-1)).toContain("deregister");
  const messages = output()
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { message: string }).message);
  // Between the two it may say that nobody took back what it had claimed.
  expect(messages).toContain("stopping");
  expect(messages.at(-1)).toBe("stopped");
}, 60_000);

test("a service where there is IPv6 alone listens, registers, is ready and leaves", async () => {
  const seen: string[] = [];
  const consul = await listen(
    (request, response) => {
      seen.push(decodeURIComponent(request.url ?? ""));
      response.end();
    },
    "::1",
    0,
  );
  onTestFinished(() => consul.close(0));
  const sidecar = await serverOf((_, response) => response.end());
  const [port, healthPort] = await Promise.all([freePort(), freePort()]);
  const { child } = started([kitchen], {
    ...good,
    HOST: "::1",
    APP_HOST: "::1",
    APP_PORT: String(port),
    HEALTH_PORT: String(healthPort),
    CONSUL_URL: `http://[::1]:${consul.port}`,
    REGISTER_ADDRESS: "fd00::7",
    DAPR_HTTP_PORT: String(sidecar.port),
  });
  const ask = async (at: number) => (await fetch(`http://[::1]:${at}/readyz`)).status;
  await vi.waitFor(async () => expect([await ask(port), await ask(healthPort)]).toEqual([200, 200]), within);
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  expect(seen.at(-1)).toBe(`/v1/agent/service/deregister/kitchen-fd00::7-${port}`);
}, 60_000);

test("probes and numbers have a listener of their own, which knows nothing else", async () => {
  const sidecar = await serverOf((_, response) => response.end());
  const [port, healthPort] = await Promise.all([freePort(), freePort()]);
  const { child } = started([kitchen], {
    ...good,
    APP_PORT: String(port),
    HEALTH_PORT: String(healthPort),
    DAPR_HTTP_PORT: String(sidecar.port),
  });
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${healthPort}${path}`)).status;
  await vi.waitFor(async () => expect(await ask("/readyz")).toBe(200), within);
  expect([await ask("/healthz"), await ask("/metrics"), await ask("/events/order.paid")]).toEqual([200, 200, 404]);
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
}, 60_000);

test.each([
  ["ZIPKIN_URL", "/api/v2/spans"],
  ["OTEL_EXPORTER_OTLP_ENDPOINT", ""],
])(
  "a service ends in time with status 0 though what %s names takes connections and never answers",
  async (name, path) => {
    let asked = 0;
    const tracingServer = await serverOf(() => {
      asked += 1;
    });
    const port = await freePort();
    const { child } = started([kitchen], {
      ...good,
      APP_PORT: String(port),
      [name]: `http://127.0.0.1:${tracingServer.port}${path}`,
      TRACE_SAMPLE_RATIO: "1",
    });
    // Any request but a probe makes a span.
    await vi.waitFor(async () => expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404), within);

    const ended = once(child, "exit");
    const told = performance.now();
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    expect(performance.now() - told).toBeLessThan(30_000);
    expect(asked).toBeGreaterThan(0);
  },
  120_000,
);
