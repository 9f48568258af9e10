import { once } from "node:events";
import { Agent, get, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { rawClient } from "#common/testing/rawClient";
import { listen } from "./listen.ts";

test("closing finishes the requests that were accepted", async () => {
  let answer = (): void => {};
  const accepted = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let begun = (): void => {};
  const received = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const server = await listen(
    async (_, response) => {
      begun();
      await accepted;
      response.end("whole");
    },
    "127.0.0.1",
    0,
  );
  const asked = fetch(`http://127.0.0.1:${server.port}/`);
  await received;
  const closed = server.close();
  await expect(fetch(`http://127.0.0.1:${server.port}/`)).rejects.toThrow();
  answer();
  expect(await (await asked).text()).toBe("whole");
  await closed;
});

test("a connection that is kept alive after its last answer does not hold up the end", async () => {
  const waiting: ServerResponse[] = [];
  const server = await listen((_, response) => void waiting.push(response), "127.0.0.1", 0);
  const agent = new Agent({ keepAlive: true });
  const asked = once(get({ port: server.port, agent }), "response");
  await expect.poll(() => waiting.length).toBe(1);
  const closed = server.close(60_000);
  waiting[0]?.end("the end");
  const [response] = await asked;
  response.resume();
  await closed;
  agent.destroy();
});

test("a connection that never asked for anything does not hold up the end", async () => {
  const server = await listen((_, response) => response.end(), "127.0.0.1", 0);
  const silent = connect(server.port, "127.0.0.1");
  await once(silent, "connect");
  await (await fetch(`http://127.0.0.1:${server.port}/`)).text();
  const gone = once(silent, "close");
  await server.close(60_000);
  await gone;
});

test("whoever never finishes a request does not hold up the end", async () => {
  const server = await listen((_, response) => response.end(), "127.0.0.1", 0);
  const slow = connect(server.port, "127.0.0.1");
  await once(slow, "connect");
  slow.write("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nhalf");
  await once(slow, "data");
  const gone = once(slow, "close");
  await server.close(50);
  await gone;
});

test.each([
  ["have had their answer", "GET / HTTP/1.1\r\nhost: a\r\n\r\n"],
  ["never asked", ""],
])("connections that %s make room where there are very many", async (_, said) => {
  const server = await listen((_, response) => response.end("served"), "127.0.0.1", 0, { maxConnections: 20 });
  onTestFinished(() => server.close(0));
  for (let index = 0; index < 20; index++) {
    const client = await rawClient(server.port);
    client.say(said);
    if (said) await expect.poll(client.heard).toContain("served");
  }
  const ask = async () => (await fetch(`http://127.0.0.1:${server.port}/`)).text();
  for (let times = 0; times < 5; times++) expect(await ask()).toBe("served");
});

test("a port that is taken is said at once", async () => {
  const server = await listen((_, response) => response.end(), "127.0.0.1", 0);
  await expect(listen(() => {}, "127.0.0.1", server.port)).rejects.toThrow("EADDRINUSE");
  await server.close();
});

test('"::" takes connections of both families, "127.0.0.1" of its own alone', async () => {
  const [both, one] = await Promise.all(
    ["::", "127.0.0.1"].map((host) => listen((_, response) => response.end(), host, 0)),
  );
  onTestFinished(() => Promise.all([both?.close(0), one?.close(0)]).then(() => {}));
  const ask = async (host: string, port = 0) =>
    fetch(`http://${host}:${port}/`).then(
      ({ status }) => status,
      () => "refused",
    );
  expect([await ask("127.0.0.1", both?.port), await ask("[::1]", both?.port)]).toEqual([200, 200]);
  expect([await ask("127.0.0.1", one?.port), await ask("[::1]", one?.port)]).toEqual([200, "refused"]);
});
