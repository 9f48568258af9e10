import {
  type Attributes,
  type Context,
  context,
  defaultTextMapGetter,
  type Link,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { ZipkinExporter } from "@opentelemetry/exporter-zipkin";
import { NodeSDK, tracing } from "@opentelemetry/sdk-node";
import { AppError } from "#common/errors";

/** Where spans go and how many of the traces that start here are kept. */
export type TracingOptions = { service: string; zipkinUrl?: string | undefined; sampleRatio: number };

/**
 * Starts OpenTelemetry for this process. Without a Zipkin address traces still run through, for logs and events.
 * @returns a function that sends what is left and stops.
 */
export function startTracing({ service, zipkinUrl, sampleRatio }: TracingOptions): () => Promise<void> {
  const { BatchSpanProcessor, NoopSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler } = tracing;
  // With no processor at all the SDK makes no spans, and so no trace ids.
  const processor = zipkinUrl
    ? new BatchSpanProcessor(new ZipkinExporter({ url: zipkinUrl }))
    : new NoopSpanProcessor();
  const sdk = new NodeSDK({
    serviceName: service,
    autoDetectResources: false,
    // The spans are made by hand at our own edges (HTTP, Connect, events, use cases): patched modules would not
    // survive bundling as ES modules.
    instrumentations: [],
    spanProcessors: [processor],
    metricReaders: [],
    logRecordProcessors: [],
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
  });
  sdk.start();
  return () => sdk.shutdown();
}

/** How a span is made; the parent is the current one unless a context is given. */
export type SpanOptions = {
  kind?: keyof typeof SpanKind;
  attributes?: Attributes;
  links?: Link[];
  parent?: Context;
};

/** Runs `work` in a span of its own that ends with it. Expected errors do not mark the span as failed. */
export function inSpan<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
  const { kind = "INTERNAL", parent = context.active(), ...rest } = options;
  const tracer = trace.getTracer("gorder");
  return tracer.startActiveSpan(name, { ...rest, kind: SpanKind[kind] }, parent, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      if (!(error instanceof AppError)) span.setStatus({ code: SpanStatusCode.ERROR, message: nameOf(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The W3C `traceparent` of the current span; empty outside a span. */
export function currentTraceparent(): string {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? "";
}

/** The trace id of the current span; empty outside a span. */
export function currentTraceId(): string {
  return trace.getActiveSpan()?.spanContext().traceId ?? "";
}

/** A context that continues the given `traceparent`, or starts anew when there is none. */
export function contextFrom(traceparent: string | undefined): Context {
  return traceparent ? propagation.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter) : ROOT_CONTEXT;
}

/** A link to the span that a `traceparent` names; none when it is not one. */
export function linkTo(traceparent: string | undefined): Link[] {
  const linked = trace.getSpanContext(contextFrom(traceparent));
  return linked ? [{ context: linked }] : [];
}

/** A link to the current span; none outside a span. */
export function linkToCurrent(): Link[] {
  const current = trace.getActiveSpan()?.spanContext();
  return current ? [{ context: current }] : [];
}

/**
 * Links the current span to the one that a `traceparent` names, which belongs to another trace. Zipkin knows no links,
 * so the other trace's id is also an attribute.
 */
export function linkCurrentTo(traceparent: string): void {
  const span = trace.getActiveSpan();
  for (const link of linkTo(traceparent)) span?.addLink(link).setAttribute("linked.trace_id", link.context.traceId);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "error";
}
