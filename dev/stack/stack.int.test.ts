import { statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { isLoopback, listenersOf } from "./listeners.ts";
import { runningStack } from "./state.ts";

const stack = inject("stack");

test("nothing of the stack listens beyond this machine", () => {
  const pids = Object.values(runningStack(stack.dataFolder)?.pids ?? {});
  const listeners = listenersOf(pids);
  expect(listeners.length).toBeGreaterThan(pids.length);
  expect(listeners.filter(({ address }) => !isLoopback(address))).toEqual([]);
});

test("a socket that is open to the network would be seen", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
  onTestFinished(() => void server.close());
  const open = listenersOf([process.pid]).filter(({ address }) => !isLoopback(address));
  expect(open).toHaveLength(1);
});

test("the folder of data and the secrets in it are the owner's alone", () => {
  expect(statSync(stack.dataFolder).mode & 0o077).toBe(0);
  expect(statSync(join(stack.dataFolder, "secrets.json")).mode & 0o077).toBe(0);
  expect(statSync(join(stack.dataFolder, "stack.json")).mode & 0o077).toBe(0);
});

test("a sidecar answers nobody without its token, and has loaded every component", async () => {
  const url = `http://127.0.0.1:${stack.testSidecar.httpPort}/v1.0/metadata`;
  expect((await fetch(url)).status).toBe(401);
  const response = await fetch(url, { headers: { "dapr-api-token": stack.daprApiToken } });
  const { components } = (await response.json()) as { components: { name: string }[] };
  expect(components.map(({ name }) => name).sort()).toEqual([
    "keepstore",
    "kubernetes",
    "lockstore",
    "pubsub",
    "statestore",
  ]);
});

test("an app cannot read the secrets through its sidecar", async () => {
  const url = `http://127.0.0.1:${stack.testSidecar.httpPort}/v1.0/secrets/kubernetes/gorder-redis`;
  expect((await fetch(url, { headers: { "dapr-api-token": stack.daprApiToken } })).status).toBe(403);
});

test("an app without the right to a topic cannot publish to it", async () => {
  const url = `http://127.0.0.1:${stack.testSidecar.httpPort}/v1.0/publish/pubsub/order.paid`;
  const headers = { "dapr-api-token": stack.daprApiToken, "content-type": "application/json" };
  expect((await fetch(url, { method: "POST", headers, body: "{}" })).status).toBe(403);
});
