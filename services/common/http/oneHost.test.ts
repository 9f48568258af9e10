import { request } from "node:http";
import express from "express";
import { expect, onTestFinished, test } from "vitest";
import { listen } from "#common/http/listen";
import { oneHost } from "#common/http/oneHost";

/** Asks a server of this public address, as somebody who calls it by `host`. */
async function visit(
  publicUrl: string,
  host: string,
  { method = "GET", accept = "text/html,*/*;q=0.8", path = "/" } = {},
) {
  const app = express()
    .use(oneHost(publicUrl))
    .use((_, response) => void response.send("here"));
  const { port, close } = await listen(app, "127.0.0.1", 0);
  onTestFinished(() => close(0));
  return new Promise((resolve, reject) => {
    const asking = request({ port, host: "127.0.0.1", method, path, headers: { host, accept } }, (answer) => {
      answer.resume();
      answer.once("end", () => resolve([answer.statusCode, answer.headers.location]));
    });
    asking.once("error", reject).end();
  });
}

const here = [200, undefined];

test.each([
  ["http://127.0.0.1:8080", "localhost:8080"],
  ["http://127.0.0.1:8080", "[::1]:8080"],
  ["http://localhost:8080", "127.0.0.1:8080"],
  ["http://localhost", "127.0.0.1"],
])("where payments return to %s, a browser that comes to %s goes on there", async (publicUrl, host) => {
  expect(await visit(publicUrl, host, { path: "/orders?x=1" })).toEqual([307, `${publicUrl}/orders?x=1`]);
});

test.each([
  ["http://127.0.0.1:8080", "127.0.0.1:8080"],
  ["http://127.0.0.1:8080", "localhost:18001"],
  ["http://127.0.0.1:8080", "shop.example"],
  ["https://shop.example", "localhost:8080"],
])("where payments return to %s, who comes to %s stays", async (publicUrl, host) => {
  expect(await visit(publicUrl, host)).toEqual(here);
});

test("a program that comes by another name stays, and so does whoever sends something", async () => {
  for (const way of [{ accept: "application/json" }, { method: "POST" }])
    expect(await visit("http://127.0.0.1:8080", "localhost:8080", way)).toEqual(here);
});

test("nobody is led off by what stands behind the host", async () => {
  const path = "//elsewhere.example";
  expect(await visit("http://127.0.0.1:8080", "localhost:8080", { path })).toEqual([
    307,
    `http://127.0.0.1:8080${path}`,
  ]);
});
