import { create, toJson } from "@bufbuild/protobuf";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { AppError } from "#common/errors";
import { OrderPaidSchema } from "#common/genproto/events/v1/events_pb";
import { tokenHeader } from "#common/http/appToken";
import { type Listening, listen } from "#common/http/listen";
import { createMetrics, type EventOutcome } from "#common/metrics";
import { sidecarApp } from "#common/service";
import { keptLogs } from "#common/testing/logs";
import { keptSpans } from "#common/testing/spans";
import { eventVersion, subscription, toCloudEvent } from "./events.ts";

const spans = keptSpans();
const logger = keptLogs();
const metrics = createMetrics("test", false);
const counted = vi.spyOn(metrics, "event");
const appToken = "0123456789abcdef";
const handler = vi.fn(async (_: { orderId: string }): Promise<EventOutcome> => "done");

let server: Listening;
beforeAll(async () => {
  const service = {
    name: "test",
    subscriptions: [subscription("order.paid", OrderPaidSchema, handler, { logger, metrics })],
    checks: {},
    metrics,
    async close() {},
  };
  server = await listen(sidecarApp(service, { logger, appToken }), "127.0.0.1", 0);
});
afterAll(() => server.close());
beforeEach(() => {
  logger.lines.splice(0);
  counted.mockClear();
  handler.mockReset().mockResolvedValue("done");
});

const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const message = create(OrderPaidSchema, {
  meta: { eventId: "e-1", version: eventVersion, traceparent },
  orderId: "o-1",
  amount: { amount: 1250n, currency: "eur" },
  paymentId: "pay-1",
});
const event = toCloudEvent("payment", "order.paid", OrderPaidSchema, message);

async function deliver(body: unknown, headers: Record<string, string> = {}): Promise<number> {
  return (await post(body, headers)).status;
}

function post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`http://127.0.0.1:${server.port}/events/order.paid`, {
    method: "POST",
    headers: { "content-type": "application/cloudevents+json", [tokenHeader]: appToken, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

const data = toJson(OrderPaidSchema, message) as Record<string, unknown>;

test("an event arrives as it was sent, and is acknowledged when it is done or was seen before", async () => {
  for (const outcome of ["done", "repeated"] as const) {
    handler.mockResolvedValue(outcome);
    expect(await deliver(event)).toBe(200);
    expect(handler).toHaveBeenLastCalledWith(message);
    expect(counted).toHaveBeenLastCalledWith("order.paid", outcome, expect.any(Number));
  }
});

test("fields of a later time are passed over", async () => {
  expect(await deliver({ ...event, datafuture: 1, data: { ...data, tip: "1" } })).toBe(200);
});

test.each([
  ["a handler that wants it again", async (): Promise<EventOutcome> => "retry"],
  ["a handler that refuses", () => Promise.reject(new AppError("not_found", "There is no such order"))],
  ["a handler that fails", () => Promise.reject(new Error("broken"))],
])("%s has it sent again: 500, counted as retry", async (_, failing) => {
  handler.mockImplementation(failing);
  expect(await deliver(event)).toBe(500);
  expect(counted).toHaveBeenCalledExactlyOnceWith("order.paid", "retry", expect.any(Number));
});

test.each([
  ["no JSON", '{"specversion":'],
  ["an empty body", ""],
  ["no object", "[1]"],
  ["no CloudEvent", { hello: "world" }],
  ["another type", { ...event, type: "order.created" }],
  ["an unknown version", { ...event, data: { ...data, meta: { ...(data.meta as object), version: 2 } } }],
  ["no meta", { ...event, data: { orderId: "o-1" } }],
  ["no data", { ...event, data: undefined }],
  ["a field of the wrong type", { ...event, data: { ...data, orderId: { $gt: "" } } }],
  ["a number that is none", { ...event, data: { ...data, amount: { amount: "lots", currency: "eur" } } }],
  ["data that is no object", { ...event, data: "order.paid" }],
  ["a body past the limit", { ...event, padding: "a".repeat(4_200_000) }],
])("%s is never lost: 500, so that the broker dead-letters it, and no handler sees it", async (_, body) => {
  expect(await deliver(body)).toBe(500);
  expect(handler).not.toHaveBeenCalled();
  expect(logger.lines.map(({ level }) => level)).toContain("warn");
});

test("a content type or encoding that is not read is never lost either", async () => {
  expect(await deliver(event, { "content-type": "text/plain" })).toBe(500);
  expect(await deliver(event, { "content-type": "application/json; charset=koi8" })).toBe(500);
  expect(await deliver(event, { "content-encoding": "zstd" })).toBe(500);
});

test.each([{}, { [tokenHeader]: "another" }])(
  "without the app token nothing is processed: 401 (%#)",
  async (headers) => {
    expect(await deliver(event, { [tokenHeader]: "", ...headers })).toBe(401);
    expect(handler).not.toHaveBeenCalled();
  },
);

describe("a batch", () => {
  const order = (orderId: string, rest: object = {}) => ({ ...event, data: { ...data, orderId }, ...rest });
  const raw = (content: string) => Buffer.from(content).toString("base64");
  const paid = ({ orderId }: { orderId: string }) => orderId;

  async function deliverBatch(entries: readonly unknown[]): Promise<{ entryId: string; status: string }[]> {
    const about = {
      id: "b-1",
      pubsubname: "pubsub",
      topic: "order.paid",
      type: "com.dapr.event.sent.bulk",
      metadata: {},
    };
    const response = await post({ ...about, entries });
    expect(response.status).toBe(200);
    return ((await response.json()) as { statuses: { entryId: string; status: string }[] }).statuses;
  }

  test("is handled at once, and each event is answered as it would be alone", async () => {
    const waiting: (() => void)[] = [];
    handler.mockImplementation(async (message) => {
      await new Promise<void>((resolve) => {
        // Nobody goes on before all are there.
        if (waiting.push(resolve) === 5) for (const go of waiting) go();
      });
      if (paid(message) === "gone") throw new AppError("not_found", "There is no such order");
      if (paid(message) === "bug") throw new Error("broken");
      return paid(message) === "again" ? "retry" : "done";
    });
    const orders = ["good", "gone", "bug", "again", "last"];
    const answers = await deliverBatch(
      orders.map((id) => ({ entryId: id, event: order(id), contentType: "", metadata: {} })),
    );
    expect(answers.map(({ entryId }) => entryId)).toEqual(orders);
    expect(answers.map(({ status }) => status)).toEqual(["SUCCESS", "RETRY", "RETRY", "RETRY", "SUCCESS"]);
  });

  test("of entries that are no events has its events handled all the same", async () => {
    const poison: [string, unknown][] = [
      ["no JSON", raw("not an event")],
      ["no text", Buffer.from([0xff, 0xfe, 0x00]).toString("base64")],
      ["nothing", ""],
      ["no event", undefined],
      ["null", null],
      ["a list", [1]],
      ["another type", order("x", { type: "order.eaten" })],
      ["a broken schema", order("x", { data: { orderId: { $gt: "" } } })],
      ["an unknown version", order("x", { data: { ...data, meta: { eventId: "e", version: 2 } } })],
    ];
    const good = { entryId: "good", event: raw(JSON.stringify(order("good"))) };
    const answers = await deliverBatch([
      ...poison.map(([entryId, event]) => ({ entryId, event })),
      null,
      "entry",
      { entryId: 5, event: order("x") },
      good,
    ]);
    expect(answers).toHaveLength(poison.length + 4);
    expect(answers.at(-1)).toEqual({ entryId: "good", status: "SUCCESS" });
    for (const { status } of answers.slice(0, poison.length + 3)) expect(status).toBe("RETRY");
    expect(handler.mock.calls.map(([message]) => paid(message))).toEqual(["good"]);
  });

  test("with an entry that has no id has it handled like the others", async () => {
    expect(await deliverBatch([{ event }, { entryId: "a", event }])).toEqual([
      { entryId: "", status: "SUCCESS" },
      { entryId: "a", status: "SUCCESS" },
    ]);
  });

  test("may hold the same order twice, a thousand orders, or none", async () => {
    expect(
      await deliverBatch([
        { entryId: "a", event },
        { entryId: "b", event },
      ]),
    ).toMatchObject([{ entryId: "a" }, { entryId: "b" }]);
    expect(handler).toHaveBeenCalledTimes(2);
    const thousand = Array.from({ length: 1_000 }, (_, index) => ({ entryId: `${index}`, event: order(`o-${index}`) }));
    const answers = await deliverBatch(thousand);
    expect(answers.filter(({ status }) => status === "SUCCESS")).toHaveLength(1_000);
    expect(await deliverBatch([])).toEqual([]);
  });

  test("keeps each event in its own trace", async () => {
    const other = traceparent.replaceAll("4", "5");
    await deliverBatch([
      { entryId: "a", event },
      { entryId: "b", event: { ...event, traceparent: other } },
    ]);
    const consumed = spans().filter(({ name }) => name === "consume order.paid");
    expect(consumed.map((span) => span.spanContext().traceId).sort()).toEqual(
      [traceparent, other].map((one) => one.split("-")[1]).sort(),
    );
  });
});

test("what a message held is in no log", async () => {
  await deliver({ ...event, data: { ...data, paymentId: { secret: "s3cret" } } });
  await deliver('{"s3cret":');
  expect(JSON.stringify(logger.lines)).not.toContain("s3cret");
});

test("consuming continues the event's trace, wherever the delivery itself is in", async () => {
  const consumed = () => spans().find(({ name }) => name === "consume order.paid");
  await deliver(event);
  expect(consumed()?.spanContext().traceId).toBe(traceparent.split("-")[1]);
  expect(consumed()?.parentSpanContext?.spanId).toBe(traceparent.split("-")[2]);
});

test("within a delivery of the same trace the consumer is part of the delivery", async () => {
  await deliver(event, { traceparent: traceparent.replace("00f067aa0ba902b7", "00f067aa0ba902b8") });
  const [consumer, delivery] = ["consume order.paid", "POST /events/order.paid"].map((wanted) =>
    spans().find(({ name }) => name === wanted),
  );
  expect(consumer?.parentSpanContext?.spanId).toBe(delivery?.spanContext().spanId);
});
