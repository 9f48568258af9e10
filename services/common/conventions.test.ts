import { context, ROOT_CONTEXT } from "@opentelemetry/api";
import { expect, test, vi } from "vitest";
import { keptSpans } from "#common/testing/spans";
import { contextFrom, inSpan } from "#common/tracing";
import { inDatabaseSpan, messageAttributes, rpcAttributes } from "./conventions.ts";

const spans = keptSpans();
const call = { system: "mysql", operation: "SELECT", collection: "products" } as const;
const unkept = `00-${"a".repeat(32)}-${"b".repeat(16)}-00`;

test("a call to a database is a span of its trace, named as OpenTelemetry names it", async () => {
  await inSpan("list products", {}, () =>
    inDatabaseSpan(
      () => call,
      async () => {},
    ),
  );
  const [database, useCase] = spans();
  expect(database).toMatchObject({
    name: "SELECT products",
    attributes: { "db.system.name": "mysql", "db.operation.name": "SELECT", "db.collection.name": "products" },
  });
  expect(database?.parentSpanContext?.spanId).toBe(useCase?.spanContext().spanId);
});

test("outside a trace, and in one that nobody keeps, a call is not even described", async () => {
  const describe = vi.fn(() => call);
  const work = () => inDatabaseSpan(describe, async () => "done");
  expect(await context.with(ROOT_CONTEXT, work)).toBe("done");
  expect(await inSpan("sweep", { parent: contextFrom(unkept) }, work)).toBe("done");
  expect(describe).not.toHaveBeenCalled();
  expect(spans()).toEqual([]);
});

test("calls and messages are named as OpenTelemetry names them", () => {
  expect(rpcAttributes("grpc", "order.v1.OrderService", "GetOrder")).toEqual({
    "rpc.system": "grpc",
    "rpc.service": "order.v1.OrderService",
    "rpc.method": "GetOrder",
  });
  expect(messageAttributes("process", "order.paid", "e1")).toEqual({
    "messaging.system": "rabbitmq",
    "messaging.operation.type": "process",
    "messaging.operation.name": "consume",
    "messaging.destination.name": "order.paid",
    "messaging.message.id": "e1",
  });
});
