import { createServer } from "node:http2";
import { Code, ConnectError, type HandlerContext } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { type BulkPublishRequest, Dapr } from "@dapr/dapr/proto/dapr/proto/runtime/v1/dapr_pb.js";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { portOf, startServer } from "#common/http/listen";
import { keptSpans } from "#common/testing/spans";
import { inSpan } from "#common/tracing";
import { anEvent } from "./bus.suite.ts";
import type { CloudEvent } from "./ports.ts";
import { connectSidecar, type Sidecar } from "./sidecar.ts";

const spans = keptSpans();
const apiToken = "0123456789abcdef";
const seen: { headers: Headers; request: BulkPublishRequest }[] = [];
let failing: string[] = [];
let sidecar: Sidecar;

const server = createServer(
  connectNodeAdapter({
    routes: (router) =>
      router.service(Dapr, {
        bulkPublishEventAlpha1(request, { requestHeader: headers }: HandlerContext) {
          seen.push({ headers, request });
          const failed = request.entries.filter(({ event }) => failing.includes(eventIn(event).id));
          return { failedEntries: failed.map(({ entryId }) => ({ entryId, error: "no room" })) };
        },
        getState(_, { requestHeader: headers }: HandlerContext) {
          if (headers.get("traceparent")?.endsWith("-00")) return { data: Buffer.from('"quiet"'), etag: "1" };
          throw new ConnectError("the password is 1234", Code.Internal);
        },
      }),
  }),
);
beforeAll(async () => {
  await startServer(server, "127.0.0.1", 0);
  sidecar = connectSidecar({ grpcPort: portOf(server), apiToken });
});
afterAll(() => void server.close());
beforeEach(() => {
  seen.splice(0);
  failing = [];
});

const traceOf = (traceparent?: string | null) => traceparent?.split("-")[1];
const eventIn = (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString()) as CloudEvent & { traceid: string };
const sent = () => (seen[0]?.request.entries ?? []).map(({ event }) => eventIn(event));

test("events that could not be sent are named, the others are not", async () => {
  const events = [anEvent("order.created"), anEvent("order.created")];
  failing = [events[1]?.id ?? ""];
  expect(await sidecar.events.publish("order.created", events)).toEqual(failing);
});

test("what is published in one turn leaves in one call for each topic, and everyone hears of their own events", async () => {
  const [mine, yours, twice] = [anEvent("order.paid"), anEvent("order.paid"), anEvent("order.paid")];
  failing = [yours.id];
  const answers = await Promise.all([
    sidecar.events.publish("order.paid", [mine, twice]),
    sidecar.events.publish("order.created", [anEvent("order.created")]),
    sidecar.events.publish("order.paid", [yours, twice]),
  ]);
  expect(answers).toEqual([[], [], [yours.id]]);
  expect(seen.map(({ request }) => request.topic).sort()).toEqual(["order.created", "order.paid"]);
  const { entries = [] } = seen.find(({ request }) => request.topic === "order.paid")?.request ?? {};
  expect(entries.map(({ event }) => eventIn(event).id)).toEqual([mine.id, twice.id, yours.id, twice.id]);
  expect(new Set(entries.map(({ entryId }) => entryId)).size).toBe(4);
});

test("an event of a trace that nobody keeps leaves as it is, without a span", async () => {
  const { traceparent, ...event } = anEvent("order.paid");
  const quiet = traceparent.replace(/-01$/, "-00");
  await sidecar.events.publish("order.paid", [{ ...event, traceparent: quiet }]);
  expect(sent()).toMatchObject([{ id: event.id, traceparent: quiet, traceid: quiet }]);
  expect(spans()).toEqual([]);
  expect(seen[0]?.headers.get("traceparent")).toBe(quiet);
});

test("each event leaves in the trace that it names, as the child of a publish span, whatever is under way here", async () => {
  const events = [anEvent("order.created"), anEvent("order.created")];
  await inSpan("sweep", {}, () => sidecar.events.publish("order.created", events));
  const published = spans().filter(({ name }) => name === "publish order.created");
  for (const [index, { id, traceparent }] of events.entries()) {
    const span = published.find(({ attributes }) => attributes["messaging.message.id"] === id);
    expect(span?.spanContext().traceId).toBe(traceOf(traceparent));
    expect(span?.parentSpanContext?.spanId).toBe(traceparent.split("-")[2]);
    expect(sent()[index]?.traceparent).toContain(span?.spanContext().spanId);
    // The sidecar keeps the traceparent only beside this older name of it.
    expect(sent()[index]?.traceid).toBe(sent()[index]?.traceparent);
  }
});

test("an event that is published within its own trace belongs to what publishes it", async () => {
  const event = anEvent("order.paid");
  await inSpan("announce", {}, async (span) => {
    const { traceId } = span.spanContext();
    await sidecar.events.publish("order.paid", [{ ...event, traceparent: `00-${traceId}-00f067aa0ba902b7-01` }]);
  });
  const [published, announce] = ["publish order.paid", "announce"].map((wanted) =>
    spans().find(({ name }) => name === wanted),
  );
  expect(published?.parentSpanContext?.spanId).toBe(announce?.spanContext().spanId);
});

test("the sidecar is shown its token, and the trace that the call belongs to", async () => {
  const event = anEvent("order.created");
  await sidecar.events.publish("order.created", [event]);
  expect(seen[0]?.headers.get("dapr-api-token")).toBe(apiToken);
  expect(traceOf(seen[0]?.headers.get("traceparent"))).toBe(traceOf(event.traceparent));
});

test("a call outside any trace asks the sidecar to keep none", async () => {
  expect((await sidecar.state.get("readiness"))?.value).toBe("quiet");
});

test("the sidecar's own words stay in the cause", async () => {
  const error = await inSpan("work", {}, () => sidecar.state.get("key")).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "AppError", kind: "unavailable", message: "The sidecar could not read state" });
  expect(String((error as Error).cause)).toContain("the password is 1234");
});
