import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { toxicsOf } from "./toxics.ts";

/** Says what it was asked, and answers as toxiproxy does. */
async function toxiproxy(status: number) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    asked.push(`${request.method} ${request.url} ${body}`.trim());
    response.writeHead(status).end(JSON.stringify({ toxics: [{ name: "latency" }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { asked, toxics: toxicsOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`) };
}

test("healing takes every toxic away and lets connections through again", async () => {
  const { asked, toxics } = await toxiproxy(200);
  await toxics.heal("redis");
  expect(asked).toEqual([
    "GET /proxies/redis",
    "DELETE /proxies/redis/toxics/latency",
    'POST /proxies/redis {"enabled":true}',
  ]);
});

test("a toxic that toxiproxy refuses is an error: a fault that did not happen proves nothing", async () => {
  const { toxics } = await toxiproxy(404);
  await expect(toxics.halfOpen("redis")).rejects.toThrow("toxiproxy answered 404 to POST redis/toxics");
});
