import { createClient } from "@connectrpc/connect";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { remoteTransport } from "#common/connect/client";
import { OrderService } from "#common/genproto/order/v1/order_pb";
import { keptLogs } from "#common/testing/logs";
import { type OwnServers, ownServers } from "../../../proof/testing/servers.ts";
import { restartWithoutResolver } from "./resolver.ts";

const stack = inject("stack");
let servers: OwnServers;
beforeAll(async () => {
  servers = await ownServers(stack);
});
afterAll(() => servers.end());

const within = { timeout: 30_000, interval: 100 };

test("a sidecar that started while Consul was away is ended once Consul is there, and the next one finds services", async () => {
  // Its own Consul, which is not there yet.
  await servers.fleet.start("sidecars", servers.sidecar(undefined, servers.configuration()));
  const pid = () => servers.fleet.pids["testapp-dapr"];
  const first = pid();
  const logger = keptLogs();
  let consulIsThere = false;
  const worthwhile = async () => {
    if (!consulIsThere) throw new Error("not registered in Consul");
  };
  const watched = { httpPort: servers.ports["testapp-dapr-http"], apiToken: stack.daprApiToken, worthwhile };
  const transport = remoteTransport({
    appId: "nobody",
    daprHttpPort: watched.httpPort,
    daprApiToken: stack.daprApiToken,
    appApiToken: "",
    interceptors: [restartWithoutResolver(watched, logger)],
  });
  const call = () =>
    createClient(OrderService, transport)
      .getOrder({})
      .then(String, (error: Error) => error);
  const cause = async () => String(((await call()) as Error).cause);

  expect(await cause()).toContain("name resolver not initialized");
  await vi.waitFor(() => expect(logger.lines).toHaveLength(1), within);
  expect(logger.lines[0]?.fields.reason).toContain("not registered in Consul");
  expect(pid()).toBe(first);

  await servers.fleet.start("nameserver", servers.consul());
  consulIsThere = true;
  await Promise.all([call(), call(), call()]);
  await vi.waitFor(() => expect(logger.lines.slice(1)).toMatchObject([{ fields: { status: 204 } }]), within);
  await vi.waitFor(() => expect([first, undefined]).not.toContain(pid()), within);
  // It looks for the service now, and there is none.
  await vi.waitFor(async () => expect(await cause()).toMatch(/no healthy services|not found|couldn't find/), within);
  expect(logger.lines).toHaveLength(2);
});
