import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { type Registered, register } from "#common/consul";
import { tokenHeader } from "#common/http/appToken";
import { keptLogs } from "#common/testing/logs";
import { type OwnServers, ownServers } from "../../../proof/testing/servers.ts";

const stack = inject("stack");
const within = { timeout: 40_000, interval: 200 };
let servers: OwnServers;
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  servers = await ownServers(stack);
  await servers.fleet.start("nameserver", servers.consul());
  await servers.fleet.start("sidecars", servers.sidecar(undefined, servers.configuration()));
});
afterAll(async () => {
  for (const end of ends) await end();
  await servers.end();
});

/** Somewhere that a sidecar could be: it takes note of who comes, and hangs up. */
async function aPlace(): Promise<{ visits: () => number; registered: Registered }> {
  let visits = 0;
  const server = createServer((socket) => {
    visits++;
    socket.destroy();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const consulUrl = `http://127.0.0.1:${servers.ports.consul}`;
  const registered = register({ consulUrl, appId: "tea", address: "127.0.0.1", sidecarPort: port, port }, keptLogs());
  ends.push(
    () => server.close(),
    () => registered.deregister(),
  );
  return { visits: () => visits, registered };
}

/** Calls until the place was visited some times: by then the sidecar has it in its cache. */
async function reached({ visits }: { visits: () => number }): Promise<void> {
  const call = () =>
    fetch(`http://127.0.0.1:${servers.ports["testapp-dapr-http"]}/v1.0/invoke/tea/method/pour`, {
      headers: { [tokenHeader]: stack.daprApiToken },
      signal: AbortSignal.timeout(5_000),
    }).catch(() => {});
  const before = visits();
  await vi.waitFor(() => {
    void call();
    expect(visits()).toBeGreaterThan(before + 3);
  }, within);
}

test("a service that came back at a new address is found there within seconds, also by a Consul that was away and forgot", async () => {
  const first = await aPlace();
  await reached(first);
  await first.registered.deregister();
  const second = await aPlace();
  await reached(second);

  await second.registered.deregister();
  await servers.fleet.kill("consul");
  const third = await aPlace();
  await servers.fleet.restart("consul");
  await reached(third);
}, 180_000);
