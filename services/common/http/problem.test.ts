import express from "express";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { AppError, type ErrorKind } from "#common/errors";
import { keptLogs } from "#common/testing/logs";
import { keptSpans } from "#common/testing/spans";
import { createHttpApp } from "./app.ts";
import { bodyLimit, jsonBody } from "./body.ts";
import { type Listening, listen } from "./listen.ts";

keptSpans();
const logger = keptLogs();
let failure: unknown;
let server: Listening;
beforeEach(() => void logger.lines.splice(0));
beforeAll(async () => {
  const app = createHttpApp("test", logger, (routes) => {
    routes.post("/echo", jsonBody, (request, response) => void response.json(request.body));
    routes.get("/things/:id", (request, response) => void response.json(request.params));
    routes.get("/begun", (_, response) => {
      response.write("half");
      throw new Error("the rest is lost");
    });
    routes.use(
      "/fail",
      express.Router().get("/", () => {
        throw failure;
      }),
    );
  });
  server = await listen(app, "127.0.0.1", 0);
});
afterAll(() => server.close());

type Problem = { type: string; status: number; title: string; detail: string; traceId: string; errors?: unknown };

async function ask(path: string, init: RequestInit = {}) {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, init);
  const text = await response.text();
  return { response, text, problem: JSON.parse(text || "{}") as Problem };
}

const fail = (error: unknown) => {
  failure = error;
  return ask("/fail");
};

test.each<[ErrorKind, number, string]>([
  ["invalid", 400, "invalid-request"],
  ["unauthorized", 401, "unauthorized"],
  ["not_found", 404, "not-found"],
  ["out_of_stock", 409, "out-of-stock"],
  ["conflict", 409, "order-conflict"],
  ["idempotency_key_reused", 422, "idempotency-key-reused"],
  ["too_many", 429, "too-many-requests"],
  ["unavailable", 503, "unavailable"],
])("an error of kind %s is a problem document with status %i and type %s", async (kind, status, code) => {
  const { response, problem } = await fail(new AppError(kind, "What was wrong, and what to do"));
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(problem).toMatchObject({ type: `/problems/${code}`, status, detail: "What was wrong, and what to do" });
  expect(problem.title).not.toBe("");
  expect(problem.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(response.headers.get("retry-after")).toBe(kind === "unavailable" ? "1" : null);
});

test("the wrong fields and the shortages are named", async () => {
  const fields = [{ field: "items[0].quantity", message: "Only 1 left" }];
  const shortages = [{ productId: "tea", requested: 2, available: 1 }];
  const { problem } = await fail(new AppError("out_of_stock", "Not enough", { fields, shortages }));
  expect(problem).toMatchObject({ errors: fields, shortages });
});

test.each([
  new Error("connect ECONNREFUSED db:3306 password=1234"),
  new AggregateError([new Error("password=1234")]),
  "password=1234",
  Object.assign(new Error("password=1234"), { status: 400, expose: false }),
])("an unexpected error is a 500 with a trace id and without its text, which is in the log (%#)", async (error) => {
  const { response, text, problem } = await fail(error);
  expect(response.status).toBe(500);
  expect(problem).toMatchObject({ type: "/problems/internal", status: 500 });
  expect(problem.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(text).not.toMatch(/password|ECONN|1234|at /);
  expect(logger.lines).toMatchObject([{ level: "error", error }]);
});

test.each([402, 418, 431])("a client's fault that Express or a part of it found, %i, is never ours", async (status) => {
  const { response, problem } = await fail(Object.assign(new Error("not like that"), { status, expose: true }));
  expect([response.status, problem.type]).toEqual([400, "/problems/invalid-request"]);
  expect(logger.lines).toEqual([]);
});

test("an expected error is no error of ours: the log stays quiet", async () => {
  await fail(new AppError("conflict", "no"));
  expect(logger.lines).toEqual([]);
});

const json = { method: "POST", headers: { "content-type": "application/json" } };

test.each([
  ["malformed JSON", "/echo", { ...json, body: '{"a":' }, 400, "invalid-request"],
  [
    "a body past the limit",
    "/echo",
    { ...json, body: JSON.stringify("a".repeat(bodyLimit)) },
    413,
    "payload-too-large",
  ],
  [
    "an unknown charset",
    "/echo",
    { ...json, headers: { "content-type": "application/json; charset=koi8" }, body: "{}" },
    415,
    "invalid-request",
  ],
  ["a path that is no UTF-8", "/things/%ff", {}, 400, "invalid-request"],
  ["an unknown address", "/nowhere", {}, 404, "not-found"],
])("%s is the sender's mistake, in our words", async (_, path, init, status, code) => {
  const { response, problem } = await ask(path, init);
  expect(response.status).toBe(status);
  expect(problem).toMatchObject({ type: `/problems/${code}`, status });
  expect(logger.lines).toEqual([]);
});

test("a body within the limit is read", async () => {
  const { response } = await ask("/echo", { ...json, body: JSON.stringify({ a: "a".repeat(bodyLimit - 20) }) });
  expect(response.status).toBe(200);
});

test("an answer that had begun is cut off instead of ending as if it were whole", async () => {
  await expect(ask("/begun")).rejects.toThrow();
});

test("what serves it is not told", async () => {
  const { response } = await ask("/things/1");
  expect(response.headers.get("x-powered-by")).toBeNull();
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
});
