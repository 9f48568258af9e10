import { Agent, get, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { listen } from "./listen.ts";

test("a server that closes finishes the answers under way, and does not wait for connections that are kept alive", async () => {
  const waiting: ServerResponse[] = [];
  const server = await listen((_request, response) => void waiting.push(response), "127.0.0.1", 0);
  const agent = new Agent({ keepAlive: true });
  const asked = new Promise<string>((resolve, reject) => {
    get({ port: server.port, agent }, (response) => {
      response.setEncoding("utf8").once("data", resolve).resume();
    }).once("error", reject);
  });
  await expect.poll(() => waiting.length).toBe(1);
  const started = performance.now();
  const closing = server.close();
  waiting[0]?.end("the end");
  expect(await asked).toBe("the end");
  await closing;
  expect(performance.now() - started).toBeLessThan(3_000);
  agent.destroy();
});

test("a connection that never asked for anything does not keep the server from closing", async () => {
  const server = await listen((_request, response) => void response.end(), "127.0.0.1", 0);
  const socket = connect(server.port, "127.0.0.1");
  const gone = new Promise((resolve) => void socket.once("close", resolve));
  await new Promise((resolve) => void socket.once("connect", resolve));
  await (await fetch(`http://127.0.0.1:${server.port}`)).text();
  await server.close();
  await gone;
});
