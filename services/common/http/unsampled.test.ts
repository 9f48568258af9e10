import express from "express";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startTracing } from "#common/startTracing";
import { currentTraceparent } from "#common/tracing";
import { listen } from "./listen.ts";
import { traced } from "./traced.ts";

let stopTracing: () => Promise<void>;
beforeAll(() => {
  stopTracing = startTracing({ service: "order", sampleRatio: 0 });
});
afterAll(() => stopTracing());

test("a stranger who asks for it has no trace kept that we would not keep", async () => {
  const app = express().use(traced("order"));
  app.get("/", (_request, response) => void response.send(currentTraceparent()));
  const server = await listen(app, "127.0.0.1", 0);
  onTestFinished(() => server.close(0));
  const traceparent = `00-${"4".repeat(32)}-${"5".repeat(16)}-01`;
  const answer = await fetch(`http://127.0.0.1:${server.port}/`, { headers: { traceparent } });
  expect(await answer.text()).toMatch(/^00-(?!4{32})[0-9a-f]{32}-[0-9a-f]{16}-00$/);
});
