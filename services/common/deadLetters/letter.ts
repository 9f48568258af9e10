import { createHash } from "node:crypto";
import { type DescMessage, type JsonValue, toJson } from "@bufbuild/protobuf";
import type { GetMessage } from "amqplib";
import { z } from "zod";
import { decode, type Topic } from "#common/events";
import { OrderCancelledSchema, OrderCreatedSchema, OrderPaidSchema } from "#common/genproto/events/v1/events_pb";

/** A dead letter, read as far as it can be. */
export type Letter = {
  /** The event's id; what has none is called by a hash of its content. */
  id: string;
  /** The queue whose consumer could not handle it, and to which it can go back. */
  queue: string;
  type: string;
  traceId: string;
  /** When it last died, and why the broker moved it: "rejected" when the consumer gave up after its retries. */
  diedAt: Date | undefined;
  reason: string;
  /** How often it died, the times before it was sent back included. */
  deaths: number;
  headers: Record<string, unknown>;
  /** The event as its contract reads it; or the text that came, and why it is no such event. */
  event: JsonValue | undefined;
  unreadable: { why: string; text: string } | undefined;
};

const events: Record<Topic, DescMessage> = {
  "order.created": OrderCreatedSchema,
  "order.paid": OrderPaidSchema,
  "order.cancelled": OrderCancelledSchema,
};

const death = z.looseObject({
  count: z.number(),
  reason: z.string(),
  time: z.object({ value: z.number() }).transform(({ value }) => new Date(value * 1000)),
});
const deathsOf = (header: unknown) => z.array(death).safeParse(header).data ?? [];

const envelope = z.looseObject({
  id: z.string().min(1).optional().catch(undefined),
  type: z.string().catch(""),
  traceparent: z.string().catch(""),
});

/** Where a message that is sent back keeps the record of its former deaths: the broker's own would go on counting. */
export const formerDeaths = "x-former-deaths";

/** Reads a message of the dead-letter queue of `queue`. Never throws: whatever came, it can be looked at. */
export function letterOf(
  queue: string,
  { content, properties }: { content: Buffer; properties: Partial<GetMessage["properties"]> },
): Letter {
  const headers: Record<string, unknown> = properties.headers ?? {};
  const [last, ...others] = deathsOf(headers["x-death"]);
  const former = deathsOf(headers[formerDeaths]);
  const json = parsed(content);
  const { id, type = "", traceparent = "" } = envelope.safeParse(json).data ?? {};
  return {
    id: id ?? `sha256:${createHash("sha256").update(content).digest("hex").slice(0, 16)}`,
    queue,
    type,
    traceId: traceparent.split("-")[1] ?? "",
    diedAt: last?.time,
    reason: last?.reason ?? "unknown",
    deaths: [...(last ? [last] : []), ...others, ...former].reduce((sum, { count }) => sum + count, 0),
    headers,
    ...read(queue, json, content),
  };
}

function read(queue: string, json: unknown, content: Buffer): Pick<Letter, "event" | "unreadable"> {
  const unreadable = (why: string) => ({ event: undefined, unreadable: { why, text: content.toString("utf8") } });
  if (json === undefined) return unreadable("It is not JSON");
  const topic = (Object.keys(events) as Topic[]).find((one) => queue.endsWith(`-${one}`));
  if (topic === undefined) return unreadable(`No event is known for the queue ${queue}`);
  try {
    const schema = events[topic];
    return { event: toJson(schema, decode(topic, schema, json)), unreadable: undefined };
  } catch (error) {
    const { message, cause } = error as Error;
    return unreadable(cause instanceof Error ? `${message}: ${cause.message}` : message);
  }
}

function parsed(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString("utf8"));
  } catch {
    return undefined;
  }
}
