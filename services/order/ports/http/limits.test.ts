import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTracing } from "#common/startTracing";
import { memoryOrders } from "../../adapters/memoryOrders.ts";
import { orderHttp } from "../../testing/http.ts";

let stopTracing: () => Promise<void>;
beforeAll(() => {
  stopTracing = startTracing({ service: "order", sampleRatio: 1 });
});
afterAll(() => stopTracing());

const order = JSON.stringify({ items: [{ productId: "tea", quantity: 1 }] });
const kibibytes = (count: number) => order + " ".repeat(count * 1024 - order.length);
const json = { "content-type": "application/json", "idempotency-key": "k" };

test("a body of 64 KiB is read, one byte more is 413", async () => {
  const { call, guest } = await orderHttp();
  const { path, token } = await guest();
  const send = (body: string) => call("POST", path, { token, headers: json, body });
  expect((await send(`${kibibytes(64)} `)).body).toMatchObject({ type: "/problems/payload-too-large", status: 413 });
  expect((await send(kibibytes(64))).status).toBe(201);
});

test("a body that does not say its length is 413 too", async () => {
  const { call, guest } = await orderHttp();
  const { path, token } = await guest();
  let chunks = 0;
  const body = new ReadableStream({
    pull(controller) {
      if (++chunks > 64) controller.close();
      else controller.enqueue(Buffer.alloc(16 * 1024, " "));
    },
  });
  expect((await call("POST", path, { token, headers: json, body })).status).toBe(413);
  expect((await call("GET", path, { token })).body.orders).toEqual([]);
});

test("a little gzip that is much when unpacked is 413", async () => {
  const { call, guest } = await orderHttp();
  const { path, token } = await guest();
  const bomb = gzipSync(kibibytes(10 * 1024));
  expect(bomb.length).toBeLessThan(16 * 1024);
  const headers = { ...json, "content-encoding": "gzip" };
  expect((await call("POST", path, { token, headers, body: bomb })).status).toBe(413);
  expect((await call("POST", path, { token, headers, body: gzipSync(order) })).status).toBe(201);
  expect((await call("POST", path, { token, headers, body: order })).status).toBe(400);
  expect(
    (await call("POST", path, { token, headers: { ...headers, "content-encoding": "zstd!" }, body: bomb })).status,
  ).toBe(415);
});

test("an unexpected error shows nothing of itself outside, and all of itself in the log, under one trace id", async () => {
  const secret = "mongodb://admin:hunter2@10.0.0.1 refused";
  const error = new Error(secret, { cause: new Error("and its cause") });
  const { call, guest, logged } = await orderHttp({ orders: { ...memoryOrders(), list: () => Promise.reject(error) } });
  const { path, token } = await guest();
  const answer = await call("GET", path, { token });
  expect(answer.body).toMatchObject({
    type: "/problems/internal",
    status: 500,
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect(answer.text + JSON.stringify([...answer.headers])).not.toMatch(/hunter2|admin|mongodb|cause|\.ts/);
  expect(logged.filter((line) => line.level === "error").map((line) => line.error)).toContain(error);
});

test("a problem carries a trace of ours, not one that the caller chose", async () => {
  const { call } = await orderHttp();
  const traceId = "0af7651916cd43dd8448eb211c80319c";
  const { body } = await call("GET", "/api/nothing", { headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } });
  expect(body.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(body.traceId).not.toBe(traceId);
});

test("no answer says what serves it, and each has the security headers", async () => {
  const { call } = await orderHttp();
  const { headers } = await call("GET", "/api/nothing");
  expect(headers.get("x-powered-by")).toBeNull();
  expect(headers.get("content-security-policy")).toContain("default-src 'self'");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

test("logs hold no input: not the key, not the token, not what was ordered", async () => {
  const { guest, logged } = await orderHttp();
  const { order: place, token } = await guest();
  await place({ items: [{ productId: "tea", quantity: 77 }] }, { "idempotency-key": "my-secret-key" });
  await place({ items: [{ productId: "unicorn", quantity: 1 }] }, { "idempotency-key": "my-secret-key-2" });
  const lines = JSON.stringify(logged);
  expect(lines).toContain("createOrder");
  for (const input of ["my-secret-key", token, "unicorn"]) expect(lines).not.toContain(input);
});
