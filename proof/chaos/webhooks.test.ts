import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { webhooksTo } from "./webhooks.ts";

/** A receiver of webhooks that answers with this status. */
async function receiver(status: number) {
  const received: string[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.push(`${request.headers["stripe-signature"]} ${body}`);
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function between(...targets: string[]) {
  const webhooks = await webhooksTo(targets);
  onTestFinished(() => webhooks.end());
  const send = async () => {
    const init = { method: "POST", headers: { "stripe-signature": "t=1,v1=2" }, body: "{ }" };
    return (await fetch(webhooks.url, init)).status;
  };
  return { webhooks, send };
}

test("in fair weather a webhook arrives once, byte for byte, and its answer comes back", async () => {
  const { received, url } = await receiver(400);
  const { send } = await between(url);
  expect(await send()).toBe(400);
  expect(received).toEqual(["t=1,v1=2 { }"]);
});

test("replicas get them in turn, and one that is away is a failure to its sender", async () => {
  const { received, url } = await receiver(200);
  const { send } = await between(url, "http://127.0.0.1:1");
  expect([await send(), await send()].sort()).toEqual([200, 502]);
  expect(received).toHaveLength(1);
});

test("five at once arrive five times, and their sender hears of the worst", async () => {
  const { received, url } = await receiver(503);
  const { webhooks, send } = await between(url);
  webhooks.weather = "five at once";
  expect(await send()).toBe(503);
  expect(received).toHaveLength(5);
});

test("when its answer is lost a webhook has arrived and its sender does not know", async () => {
  const { received, url } = await receiver(200);
  const { webhooks, send } = await between(url);
  webhooks.weather = "answer lost";
  await expect(send()).rejects.toThrow();
  expect(received).toHaveLength(1);
});
