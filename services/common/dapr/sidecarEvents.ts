import { type Context, context, type Span, SpanKind, TraceFlags, trace } from "@opentelemetry/api";
import { batched } from "#common/batch";
import { messageAttributes } from "#common/conventions";
import { contextIn, currentTraceparent } from "#common/tracing";
import type { CloudEvent, EventBus } from "./ports.ts";
import { type DaprApi, unavailable } from "./sidecarApi.ts";

const pubsubName = "pubsub";
const contentType = "application/cloudevents+json";

/** The most events in one call. */
const largestBatch = 100;

/**
 * The broker of `components/pubsub.yaml`. Events of one topic that are published in one turn of the event loop leave in
 * one call. Each is published in the trace that it names, in a span of its own if that trace is kept.
 */
export function sidecarEvents(api: DaprApi): EventBus {
  const senders = new Map<string, (entry: Entry) => Promise<boolean>>();

  function senderOf(topic: string): (entry: Entry) => Promise<boolean> {
    const known = senders.get(topic) ?? batched((entries) => send(topic, entries), largestBatch);
    senders.set(topic, known);
    return known;
  }

  /** @returns for each entry whether it was sent. */
  async function send(topic: string, sent: readonly Entry[]): Promise<boolean[]> {
    // By their places: what comes together may hold the same event twice.
    const entries = sent.map(({ bytes }, index) => ({ entryId: String(index), event: bytes, contentType }));
    const { failedEntries } = await api
      .bulkPublishEventAlpha1({ pubsubName, topic, entries })
      .catch(unavailable(`publish to ${topic}`));
    const failed = new Set(failedEntries.map(({ entryId }) => entryId));
    return entries.map(({ entryId }) => !failed.has(entryId));
  }

  return {
    async publish(topic, events) {
      const entries = events.map((event) => entryOf(topic, event));
      try {
        const sender = senderOf(topic);
        const sent = await Promise.all(entries.map((entry) => context.with(entry.within, sender, undefined, entry)));
        return events.filter((_, index) => !sent[index]).map(({ id }) => id);
      } finally {
        for (const { span } of entries) span?.end();
      }
    },
  };
}

type Entry = { span: Span | undefined; within: Context; bytes: Buffer };

function entryOf(topic: string, event: CloudEvent): Entry {
  const parent = contextIn(event.traceparent);
  const span = isKept(parent) ? spanOf(topic, event, parent) : undefined;
  const within = span ? trace.setSpan(parent, span) : parent;
  const traceparent = (span && context.with(within, currentTraceparent)) || event.traceparent;
  // Without a `traceid` (its older name) the sidecar overwrites the traceparent with one of its own.
  const sent = traceparent ? { ...event, traceparent, traceid: traceparent } : event;
  return { span, within, bytes: Buffer.from(JSON.stringify(sent)) };
}

/** Most traces are not kept, and a span that nobody will see is not made. */
function isKept(parent: Context): boolean {
  const named = trace.getSpanContext(parent);
  return named === undefined || (named.traceFlags & TraceFlags.SAMPLED) !== 0;
}

function spanOf(topic: string, event: CloudEvent, parent: Context): Span {
  const attributes = messageAttributes("send", topic, event.id);
  return trace.getTracer("gorder").startSpan(`publish ${topic}`, { kind: SpanKind.PRODUCER, attributes }, parent);
}
