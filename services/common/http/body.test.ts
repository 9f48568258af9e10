import { describe, expect, onTestFinished, test } from "vitest";
import { AppError } from "#common/errors";
import { silentLogger } from "#common/logging";
import { rawClient } from "#common/testing/rawClient";
import { createHttpApp } from "./app.ts";
import { atMost, bodyLimit, jsonBody, rawBody } from "./body.ts";
import { listen } from "./listen.ts";

const mebibyte = 1024 * 1024;

async function served() {
  const app = createHttpApp("test", silentLogger, (routes) => {
    routes.use(["/json", "/raw", "/late"], atMost(bodyLimit));
    routes.post("/json", jsonBody, (request, response) => void response.json(request.body));
    routes.post("/raw", rawBody, (request, response) => void response.send(request.body));
    routes.post(
      "/late",
      async (_request, _response, next) => void setTimeout(next, 50),
      jsonBody,
      (request, response) => {
        response.json(request.body);
      },
    );
    routes.post("/refused", () => {
      throw new AppError("unauthorized", "Not you");
    });
    routes.get("/unread", (_request, response) => void response.send("ok"));
  });
  const { port, close } = await listen(app, "127.0.0.1", 0);
  onTestFinished(() => close(0));
  return { port, client: () => rawClient(port), url: `http://127.0.0.1:${port}` };
}

const huge = 100 * mebibyte;
const length = `content-length: ${huge}`;
const chunked = "transfer-encoding: chunked";

describe("100 MB are refused without being read", () => {
  test.each([
    ["a body that says its length", "/json", length, 413],
    ["a body that does not", "/json", chunked, 413],
    ["a raw one that says its length", "/raw", length, 413],
    ["a raw one that does not", "/raw", chunked, 413],
    ["one for a route that takes its time first", "/late", chunked, 413],
    ["one for nobody, who says its length", "/nowhere", length, 404],
    ["one for nobody", "/nowhere", chunked, 404],
    ["one by someone who may not", "/refused", chunked, 401],
  ])("%s", async (_, path, header, status) => {
    const { client, url } = await served();
    const pouring = await client();
    pouring.say(`POST ${path} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n${header}\r\n\r\n`);
    const chunk = Buffer.concat([Buffer.from("10000\r\n"), Buffer.alloc(0x10000, " "), Buffer.from("\r\n")]);
    const sent = pouring.pour(huge, header === chunked ? chunk : undefined);
    expect((await fetch(`${url}/json`, { method: "POST" })).status).toBe(200);
    const answer = await pouring.closed;
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/\r\nconnection: close\r\n/i);
    expect(JSON.parse(answer.split("\r\n\r\n")[1] ?? "")).toMatchObject({ status });
    // What the kernels on both sides hold counts as sent.
    expect(await sent).toBeLessThan(huge / 4);
  });

  test("the usual client gets to read why", async () => {
    const { url } = await served();
    const answer = await fetch(`${url}/json`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: Buffer.alloc(8 * mebibyte, " "),
    });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ type: "/problems/payload-too-large" });
  });
});

test.each([
  ["what it says of its length", "content-length: 70000\r\n\r\n{"],
  ["what came of it", `${chunked}\r\n\r\n11170\r\n${" ".repeat(70_000)}\r\n`],
])("by %s a body past the limit of its route is refused before its end", async (_, rest) => {
  const { client } = await served();
  const waiting = await client();
  waiting.say(`POST /json HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n${rest}`);
  expect(await waiting.closed).toMatch(/^HTTP\/1\.1 413 /);
});

test("a small body that nobody reads does not cost its sender the connection", async () => {
  const { client } = await served();
  const asking = await client();
  asking.say("POST /refused HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n");
  await expect.poll(asking.heard).toMatch(/^HTTP\/1\.1 401 /);
  asking.say("{}GET /unread HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
  expect(await asking.closed).toMatch(/HTTP\/1\.1 200 .*ok$/s);
});

test("a body that came before anyone asked for it counts in full", async () => {
  const { url } = await served();
  const post = (size: number) =>
    fetch(`${url}/late`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: new Blob([`"${"x".repeat(size)}"`]).stream(),
      duplex: "half",
    } as RequestInit);
  expect((await post(64 * 1024 - 1)).status).toBe(413);
});
