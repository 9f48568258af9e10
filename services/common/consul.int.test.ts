import { afterAll, beforeAll, beforeEach, expect, inject, test, vi } from "vitest";
import { type OwnServers, ownServers } from "../../proof/testing/servers.ts";
import { type Registered, register } from "./consul.ts";
import { keptLogs } from "./testing/logs.ts";

let servers: OwnServers;
let consulUrl: string;
let registered: Registered | undefined;
const logger = keptLogs();
beforeAll(async () => {
  servers = await ownServers(inject("stack"));
  consulUrl = `http://127.0.0.1:${servers.ports.consul}`;
  await servers.fleet.start("nameserver", servers.consul());
});
beforeEach(() => {
  registered = register({ consulUrl, appId: "tea", address: "127.0.0.1", sidecarPort: 50002, port: 8099 }, logger);
  return () => registered?.deregister();
});
afterAll(() => servers.end());

type Entry = { Service: { ID: string; Address: string; Port: number; Meta: Record<string, string> } };

/** What a sidecar's resolver asks: only who passes their checks. */
async function found(name = "tea"): Promise<Entry["Service"][]> {
  const response = await fetch(`${consulUrl}/v1/health/service/${name}?passing=true`);
  return ((await response.json()) as Entry[]).map(({ Service }) => Service);
}
const within = { timeout: 60_000, interval: 100 };
const untilFound = () => vi.waitFor(async () => expect(await found()).toHaveLength(1), within);

test("a service that started is found with its sidecar's port, and is ready", async () => {
  await untilFound();
  expect(await found()).toMatchObject([
    { ID: "tea-127.0.0.1-8099", Address: "127.0.0.1", Port: 8099, Meta: { DAPR_PORT: "50002" } },
  ]);
  await vi.waitFor(() => registered?.check(), within);
});

test("a service that beats stays found for longer than its check allows without", async () => {
  await untilFound();
  // One that never beats, with a check of a second more: when that one is gone, six seconds have passed.
  const Check = { TTL: "7s", Status: "passing" };
  const silent = { method: "PUT", body: JSON.stringify({ ID: "silent", Name: "silent", Check }) };
  expect((await fetch(`${consulUrl}/v1/agent/service/register`, silent)).status).toBe(200);
  await expect.poll(() => found("silent")).toHaveLength(1);
  await vi.waitFor(async () => expect(await found("silent")).toEqual([]), within);
  expect(await found()).toHaveLength(1);
});

test("while Consul is away the service stays ready; when it comes back empty the service is found again", async () => {
  await untilFound();
  await servers.fleet.kill("consul");
  await vi.waitFor(() => expect(registered?.knownNow()).rejects.toThrow("Consul does not answer"), within);
  await registered?.check();
  await servers.fleet.restart("consul");
  await untilFound();
  await vi.waitFor(() => registered?.knownNow(), within);
});

test("a service with an IPv6 address is found by it, and leaves", async () => {
  const place = { address: "fd00::7", sidecarPort: 50002, port: 8099 };
  const six = register({ consulUrl, appId: "six", ...place }, logger);
  await vi.waitFor(async () => expect(await found("six")).toMatchObject([{ Address: "fd00::7" }]), within);
  await vi.waitFor(() => six.knownNow(), within);
  await six.deregister();
  await expect.poll(() => found("six")).toEqual([]);
});

test("a service that left is not found, and no beat brings it back", async () => {
  await untilFound();
  await registered?.deregister();
  await expect.poll(() => found()).toEqual([]);
  const beats = vi.spyOn(globalThis, "fetch");
  await vi.waitFor(async () => expect((await found()).length + beats.mock.calls.length).toBeGreaterThan(25), within);
  expect(beats.mock.calls.filter(([url]) => String(url).includes("/agent/"))).toEqual([]);
  expect(await found()).toEqual([]);
  beats.mockRestore();
});
