import type { RequestListener, ServerResponse } from "node:http";
import { describe, expect, onTestFinished, test } from "vitest";
import { rawClient } from "#common/testing/rawClient";
import { type limits, listen } from "./listen.ts";

/** A server with limits that a test can wait for. */
async function server(own: Partial<typeof limits>, handler: RequestListener = (_, response) => response.end("ok")) {
  const listening = await listen(handler, "127.0.0.1", 0, { connectionsCheckingInterval: 20, ...own });
  onTestFinished(() => listening.close(0));
  const served = async () => expect(await (await fetch(`http://127.0.0.1:${listening.port}/`)).text()).toBe("ok");
  return { client: () => rawClient(listening.port), served };
}

describe("a slow client is sent away while others are served", () => {
  test.each([
    ["whose headers never end", { headersTimeout: 200 }, "GET / HTTP/1.1\r\nhost: a\r\nx-slow: "],
    ["whose request line never ends", { headersTimeout: 200 }, "GET /"],
    [
      "whose body never ends",
      { requestTimeout: 300, headersTimeout: 200 },
      "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nhalf",
    ],
  ])("%s", async (_, own, said) => {
    const { client, served } = await server(own, (request, response) => {
      request.resume().once("end", () => response.end("ok"));
    });
    const slow = await client();
    slow.say(said);
    await served();
    expect(await slow.closed).toMatch(/^HTTP\/1\.1 408 /);
  });

  test("who never says a word", async () => {
    const { client, served } = await server({ headersTimeout: 200 });
    const silent = await client();
    await served();
    await silent.closed;
  });

  test("who drips one byte after the other", async () => {
    const { client, served } = await server({ headersTimeout: 300 });
    const dripping = await client();
    const drops = setInterval(() => dripping.say("x"), 20);
    onTestFinished(() => clearInterval(drops));
    dripping.say("GET / HTTP/1.1\r\nx: ");
    await served();
    expect(await dripping.closed).toMatch(/^HTTP\/1\.1 408 /);
  });
});

test("a connection that nobody uses any more is closed", async () => {
  const { client } = await server({ keepAliveTimeout: 100 });
  const idle = await client();
  idle.say("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  expect(await idle.closed).toMatch(/^HTTP\/1\.1 200 /);
});

test.each([
  ["a request line", `GET /${"x".repeat(17_000)} HTTP/1.1\r\nhost: a\r\n\r\n`],
  ["a header", `GET / HTTP/1.1\r\nhost: a\r\nx: ${"x".repeat(17_000)}\r\n\r\n`],
  ["many headers", `GET / HTTP/1.1\r\nhost: a\r\n${"x: 1234567890\r\n".repeat(1_500)}\r\n`],
])("%s of more than 16 KiB is refused", async (_, said) => {
  const { client } = await server({});
  const large = await client();
  large.say(said);
  expect(await large.closed).toMatch(/^HTTP\/1\.1 431 /);
});

test("most of very many headers never reach the service", async () => {
  let count = 0;
  const { client } = await server({}, (request, response) => {
    count = request.rawHeaders.length / 2;
    response.setHeader("connection", "close").end();
  });
  const many = await client();
  many.say(
    `GET / HTTP/1.1\r\nhost: a\r\n${Array.from({ length: 500 }, (_, index) => `x${index}: 1\r\n`).join("")}\r\n`,
  );
  await many.closed;
  // Node stops where the batch ends that passes 100.
  expect(count).toBeLessThan(150);
});

test.each([
  ["no HTTP", "\u0016\u0003\u0001 hello\r\n\r\n"],
  ["two lengths", "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n"],
  ["a length and chunks", "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n"],
  ["a zero byte in a header", "GET / HTTP/1.1\r\nhost: a\r\nx: \u0000\r\n\r\n"],
  ["no host", "GET / HTTP/1.1\r\n\r\n"],
])("%s is 400", async (_, said) => {
  const { client, served } = await server({});
  const strange = await client();
  strange.say(said);
  expect(await strange.closed).toMatch(/^HTTP\/1\.1 400 /);
  await served();
});

test("beyond the most connections newcomers are turned away, until one leaves", async () => {
  const asked: ServerResponse[] = [];
  const { client } = await server({ maxConnections: 2 }, (_, response) => void asked.push(response));
  const ask = async () => {
    const one = await client();
    const before = asked.length;
    one.say("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
    await expect.poll(() => asked.length).toBe(before + 1);
    return { answered: one.closed, answer: () => void asked[before]?.end("ok") };
  };
  const first = await ask();
  const second = await ask();
  expect(await (await client()).closed).toBe("");
  first.answer();
  expect(await first.answered).toMatch(/^HTTP\/1\.1 200 /);
  for (const one of [await ask(), second]) {
    one.answer();
    expect(await one.answered).toMatch(/^HTTP\/1\.1 200 /);
  }
});

test("whoever goes on sending after the answer is cut off", async () => {
  const { client } = await server({});
  const talker = await client();
  talker.say("POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n");
  const drops = setInterval(() => talker.say("1\r\nx\r\n"), 20);
  onTestFinished(() => clearInterval(drops));
  expect(await talker.closed).toMatch(/^HTTP\/1\.1 200 /);
});
