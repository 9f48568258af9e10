import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, onTestFinished, test, vi } from "vitest";
import { type OwnServers, ownServers } from "../../proof/testing/servers.ts";
import { register } from "./consul.ts";
import { consulToken } from "./consulToken.ts";
import { keptLogs } from "./testing/logs.ts";

const management = "6f1d7a52-8a55-4c0e-9d5e-3b1f3f0c9a11";
// The agent needs a token of its own to tell the servers who left.
const tokens = `tokens { initial_management = "${management}", agent = "${management}" }`;
const acl = `acl { enabled = true, default_policy = "deny", ${tokens} }`;
const within = { timeout: 60_000, interval: 100 };

let servers: OwnServers;
let consulUrl: string;
beforeAll(async () => {
  servers = await ownServers(inject("stack"));
  consulUrl = `http://127.0.0.1:${servers.ports.consul}`;
  const plain = servers.consul();
  await servers.fleet.start("nameserver", { ...plain, args: [...plain.args, "-hcl", acl] });
});
afterAll(() => servers.end());

async function ask<T>(method: string, path: string, body?: object): Promise<T> {
  const init = { method, headers: { "X-Consul-Token": management }, ...(body && { body: JSON.stringify(body) }) };
  const response = await fetch(`${consulUrl}/v1/${path}`, init);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** A token that may write one service, and nothing else. */
async function tokenFor(service: string): Promise<string> {
  const Name = randomUUID();
  await ask("PUT", "acl/policy", { Name, Rules: `service "${service}" { policy = "write" }` });
  return (await ask<{ SecretID: string }>("PUT", "acl/token", { Policies: [{ Name }] })).SecretID;
}

function registering(token: ReturnType<typeof consulToken>) {
  const logger = keptLogs();
  const place = { address: "127.0.0.1", sidecarPort: 50002, port: 8099 };
  const registered = register({ consulUrl, token, appId: "tea", ...place }, logger);
  onTestFinished(() => registered.deregister());
  return { registered, logger };
}

const found = () => ask<unknown[]>("GET", "health/service/tea?passing=true");

test("with a token for its own name a service is known to a Consul that lets nobody in without, and leaves it", async () => {
  const { registered } = registering(consulToken({ CONSUL_HTTP_TOKEN: await tokenFor("tea") }));
  await vi.waitFor(() => registered.check(), within);
  await expect.poll(found).toHaveLength(1);
  await registered.deregister();
  await vi.waitFor(async () => expect(await found()).toEqual([]), within);
});

test.each([
  ["without a token", async () => undefined, "Consul refuses us without a token (403)"],
  ["with a token that is none", async () => "no-token", "Consul refuses the token (403)"],
  ["with a token for another service", () => tokenFor("coffee"), "Consul refuses the token (403)"],
])("%s a service is not ready, and one line of its log says why", async (_, tokenOf, why) => {
  const { registered, logger } = registering(consulToken({ CONSUL_HTTP_TOKEN: await tokenOf() }));
  await vi.waitFor(() => expect(registered.check()).rejects.toThrow(why), within);
  expect(logger.lines.map(({ message }) => message)).toEqual([`${why}: it needs service:write for tea`]);
  expect(await found()).toEqual([]);
});

test("a token that is put right in its file lets the service in, without a new start", async () => {
  const folder = await mkdtemp(join(tmpdir(), "gorder-token-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "token");
  await writeFile(file, "wrong\n");
  const { registered } = registering(consulToken({ CONSUL_HTTP_TOKEN_FILE: file }));
  await vi.waitFor(() => expect(registered.check()).rejects.toThrow("refuses the token"), within);
  await writeFile(file, `${await tokenFor("tea")}\n`);
  await vi.waitFor(() => registered.check(), within);
  await expect.poll(found).toHaveLength(1);
});
