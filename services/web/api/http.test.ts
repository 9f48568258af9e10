import { expect, test } from "vitest";
import { ApiError, ConnectionError, isPassing } from "./errors.ts";
import { createSend } from "./http.ts";

const answering = (response: () => Response) => createSend(async () => response());
const failure = async (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

test("a problem document becomes an error with its code, fields and trace", async () => {
  const problem = {
    type: "/problems/out-of-stock",
    detail: "soup: 2 left",
    traceId: "abc",
    errors: [{ field: "items[0].quantity", message: "2 left" }],
    shortages: [{ productId: "soup", requested: 3, available: 2 }],
  };
  const error = await failure(answering(() => Response.json(problem, { status: 409 }))("GET", "/"));
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    status: 409,
    code: "out-of-stock",
    traceId: "abc",
    fields: problem.errors,
    shortages: problem.shortages,
  });
});

test.each([
  [502, "unavailable", true],
  [404, "not-found", false],
  [400, "invalid-request", false],
])("a proxy's %d without a problem document is understood", async (status, code, passing) => {
  const error = await failure(answering(() => new Response("<h1>no</h1>", { status }))("GET", "/"));
  expect(error).toMatchObject({ code, status });
  expect(isPassing(error)).toBe(passing);
});

test("no answer is a connection error, which may pass", async () => {
  const send = createSend(async () => {
    throw new TypeError("Failed to fetch");
  });
  const error = await failure(send("GET", "/"));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(isPassing(error)).toBe(true);
});

test("an answer that takes too long is given up", async () => {
  const send = createSend(
    (_, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason))),
    { timeoutMs: 5 },
  );
  expect(await failure(send("GET", "/"))).toBeInstanceOf(ConnectionError);
});

test("a page in place of JSON, as from a hotel's network, is no answer", async () => {
  expect(await failure(answering(() => new Response("<html>"))("GET", "/"))).toBeInstanceOf(ConnectionError);
});

test("304 is an answer without a body", async () => {
  const send = answering(() => new Response(null, { status: 304, headers: { etag: '"3"' } }));
  expect(await send("GET", "/")).toEqual({ status: 304, etag: '"3"', body: undefined });
});

test("every answer's time is heard, a refusal's too", async () => {
  const heard: (string | null)[] = [];
  const headers = { date: "Sun, 22 Nov 2026 12:00:00 GMT" };
  const send = createSend(async () => new Response("{}", { status: 503, headers }), {
    heard: (date) => heard.push(date),
  });
  await failure(send("GET", "/"));
  expect(heard).toEqual([headers.date]);
});

test("JSON goes out as JSON", async () => {
  const sent: RequestInit[] = [];
  const send = createSend(async (_, init) => {
    sent.push(init ?? {});
    return Response.json({});
  });
  await send("POST", "/", { json: { items: [] }, headers: { "idempotency-key": "k" } });
  expect(sent[0]).toMatchObject({
    method: "POST",
    body: '{"items":[]}',
    headers: { "content-type": "application/json", "idempotency-key": "k" },
  });
});
