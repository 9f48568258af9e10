import { context, type Span, SpanKind, trace } from "@opentelemetry/api";
import { contextIn, currentTraceparent } from "#common/tracing";
import type { CloudEvent, EventBus } from "./ports.ts";
import { type DaprApi, unavailable } from "./sidecarApi.ts";

const pubsubName = "pubsub";
const contentType = "application/cloudevents+json";

/** The broker of `components/pubsub.yaml`. Each event is published in the trace that it names, in a span of its own. */
export function sidecarEvents(api: DaprApi): EventBus {
  async function send(topic: string, entries: readonly Entry[]): Promise<string[]> {
    const { failedEntries } = await api
      .bulkPublishEventAlpha1({ pubsubName, topic, entries: entries.map(({ wire }) => wire) })
      .catch(unavailable(`publish to ${topic}`));
    return failedEntries.map(({ entryId }) => entryId);
  }

  return {
    async publish(topic, events) {
      const entries = events.map((event) => entryOf(topic, event));
      const [first] = entries;
      if (!first) return [];
      try {
        // The sidecar's own spans go to the first event's trace.
        return await context.with(first.context, () => send(topic, entries));
      } finally {
        for (const { span } of entries) span.end();
      }
    },
  };
}

type Entry = ReturnType<typeof entryOf>;

function entryOf(topic: string, event: CloudEvent) {
  const parent = contextIn(event.traceparent);
  const span: Span = trace.getTracer("gorder").startSpan(
    `publish ${topic}`,
    {
      kind: SpanKind.PRODUCER,
      attributes: { "messaging.destination.name": topic, "messaging.message.id": event.id },
    },
    parent,
  );
  const within = trace.setSpan(parent, span);
  const traceparent = context.with(within, currentTraceparent) || event.traceparent;
  // Without a `traceid` (its older name) the sidecar overwrites the traceparent with one of its own.
  const sent = traceparent ? { ...event, traceparent, traceid: traceparent } : event;
  const wire = { entryId: event.id, event: Buffer.from(JSON.stringify(sent)), contentType };
  return { span, context: within, wire };
}
