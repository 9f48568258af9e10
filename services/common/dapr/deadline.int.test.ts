import { randomUUID } from "node:crypto";
import { type ConnectRouter, createClient } from "@connectrpc/connect";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { callerIn, demandCaller } from "#common/caller";
import { remoteTransport } from "#common/connect/client";
import { type Registered, register } from "#common/consul";
import { OrderService } from "#common/genproto/order/v1/order_pb";
import { tokenHeader } from "#common/http/appToken";
import { type Listening, listen } from "#common/http/listen";
import { silentLogger } from "#common/logging";
import { createMetrics } from "#common/metrics";
import { sidecarApp } from "#common/service";
import { keptSpans } from "#common/testing/spans";
import { type OwnServers, ownServers } from "../../../proof/testing/servers.ts";

// What carries a context through what is waited for.
keptSpans();

const stack = inject("stack");
const appId = `callee-${randomUUID()}`;
const within = { timeout: 60_000, interval: 100 };
/** Time enough to get through two sidecars on a busy machine, in milliseconds. */
const briefly = 3_000;
let servers: OwnServers;
let callee: Listening;
let registered: Registered;
/** What came of the next step that the callee would have taken once it was told that its caller has no more time. */
const next = vi.fn<(outcome: string) => void>();

const routes = (router: ConnectRouter) =>
  router.service(OrderService, {
    async getOrder({ orderId }) {
      if (orderId === "at once") return { order: { id: orderId } };
      await new Promise((resolve) => callerIn()?.addEventListener("abort", resolve));
      try {
        demandCaller();
        next("taken");
      } catch (error) {
        next(String(error));
      }
      return {};
    },
  });

beforeAll(async () => {
  servers = await ownServers(stack);
  const metrics = createMetrics("order", false);
  const service = { name: "order", checks: {}, metrics, rpc: routes, close: async () => {} };
  callee = await listen(sidecarApp(service, { logger: silentLogger, appToken: stack.appApiToken }), "127.0.0.1", 0);
  await servers.fleet.start("sidecars", servers.sidecar(callee.port));
  const sidecarPort = servers.ports["testapp-dapr-internal"];
  const at = { consulUrl: stack.consulUrl, appId, address: "127.0.0.1", sidecarPort, port: callee.port };
  registered = register(at, silentLogger);
});
afterAll(async () => {
  await registered.deregister();
  await servers.end();
  await callee.close(100);
});

const { httpPort: daprHttpPort } = stack.testSidecar;

/** A caller behind a sidecar of its own, who waits for so long. */
const caller = (timeoutMs: number) => {
  const options = { appId, daprHttpPort, daprApiToken: stack.daprApiToken, appApiToken: "", timeoutMs };
  return createClient(OrderService, remoteTransport(options));
};

test("a caller's deadline passes through both sidecars: the callee takes no further step, also for one who has not hung up", async () => {
  await vi.waitFor(async () => {
    expect((await caller(10_000).getOrder({ orderId: "at once" })).order?.id).toBe("at once");
  }, within);
  await expect(caller(briefly).getOrder({ orderId: "never" })).rejects.toMatchObject({ kind: "unavailable" });
  await vi.waitFor(() => expect(next).toHaveBeenCalledTimes(1), within);

  const url = `http://127.0.0.1:${daprHttpPort}/v1.0/invoke/${appId}/method/order.v1.OrderService/GetOrder`;
  for (const type of ["application/proto", "application/json"]) {
    const headers = { [tokenHeader]: stack.daprApiToken, "content-type": type, "connect-timeout-ms": String(briefly) };
    const body = type === "application/json" ? "{}" : new Uint8Array();
    const patient = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(60_000) });
    expect(patient.status).toBe(200);
  }
  expect(next.mock.calls.flat()).toEqual(Array(3).fill(expect.stringContaining("Whoever asked has left")));
});
