import { type Attributes, trace } from "@opentelemetry/api";
import { inSpan } from "#common/tracing";

/** What a call of a service is called in traces, by OpenTelemetry's conventions. */
export function rpcAttributes(system: "connect_rpc" | "grpc", service: string, method: string): Attributes {
  return { "rpc.system": system, "rpc.service": service, "rpc.method": method };
}

/** What a message is called in traces. A send is publishing, a process is consuming. */
export function messageAttributes(operation: "send" | "process", topic: string, id: string): Attributes {
  return {
    "messaging.system": "rabbitmq",
    "messaging.operation.type": operation,
    "messaging.operation.name": operation === "send" ? "publish" : "consume",
    "messaging.destination.name": topic,
    "messaging.message.id": id,
  };
}

/** One call to a database. */
export type DatabaseCall = { system: "mongodb" | "mysql"; operation: string; collection?: string | undefined };

/**
 * Runs a call to a database in a span of its own, where it belongs to a trace that is kept: a sweep that finds nothing
 * begins none. `describe` is asked only then.
 */
export function inDatabaseSpan<T>(describe: () => DatabaseCall, call: () => Promise<T>): Promise<T> {
  if (!trace.getActiveSpan()?.isRecording()) return call();
  const { system, operation, collection } = describe();
  const attributes: Attributes = {
    "db.system.name": system,
    "db.operation.name": operation,
    ...(collection && { "db.collection.name": collection }),
  };
  return inSpan(collection ? `${operation} ${collection}` : operation, { kind: "CLIENT", attributes }, call);
}
